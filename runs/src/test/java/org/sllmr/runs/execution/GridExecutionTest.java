// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.file.Folders;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.TeacherSource;
import org.sllmr.runs.grid.Grid;
import org.sllmr.runs.grid.GridFilter;
import org.sllmr.runs.grid.GridReader;
import org.sllmr.runs.grid.GridRun;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.TrainingListener;

class GridExecutionTest {
    private static final String GRID = """
            title: Small
            data:
              shop: {label: Small shop}
            backbones:
              mf: {set: {model.backbone: mf, model.embeddingDimension: 8, training.maxEpochs: 3}}
              deepfm: {set: {model.backbone: '{name: deepfm, mlp: {units: [16]}}', model.embeddingDimension: 8, training.maxEpochs: 3}}
            frameworks:
              none: {}
              s-llmr: {guidance: {name: selective-pairwise, hinge: {reduction: mean}}}
            seeds: [3, 1]
            overrides:
              - {backbone: mf, framework: s-llmr, set: {guidance.lambda: 0.5}}
            """;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static SmallShop shop;
    /** Results of {@link #GRID}. */
    private static Path results;

    @BeforeAll
    static void makeShop() throws Exception {
        shop = SmallShop.in(shared);
        results = shared.resolve("results");
        execute(grid(shared, GRID, shop.teacher()), results, 2);
    }

    /** A copy of the results of {@link #GRID}. */
    private Path executed() throws IOException {
        Path out = folder.resolve("out");
        try (Stream<Path> paths = Files.walk(results)) {
            for (Path path : paths.toList()) {
                Files.copy(path, out.resolve(results.relativize(path)));
            }
        }
        return out;
    }

    private Grid grid(String yaml) throws IOException {
        return grid(yaml, shop.teacher());
    }

    private Grid grid(String yaml, Path teacher) throws IOException {
        return grid(folder, yaml, teacher);
    }

    private static Grid grid(Path folder, String yaml, Path teacher) throws IOException {
        Path file = folder.resolve("grid.yaml");
        Files.writeString(file, yaml);
        return GridReader.read(
                file,
                GridReader.settings(file),
                List.of(),
                Map.of("shop", shop.dataset()),
                Map.of("shop", teacher),
                GridFilter.ALL);
    }

    private static List<RunOutcome> execute(Grid grid, Path out, int jobs) throws InterruptedException {
        return new GridExecution(grid, new GridFolder(out), jobs, GridListener.SILENT).execute(grid.runs());
    }

    @Test
    void aRunIsTheSameAloneAndInAGrid() throws Exception {
        Grid grid = grid(GRID);
        Path out = folder.resolve("out");
        List<RunOutcome> outcomes = execute(grid, out, 3);
        assertThat(outcomes)
                .extracting(RunOutcome::name)
                .startsWith("shop/mf/none/seed-1", "shop/mf/none/seed-3", "shop/mf/s-llmr/seed-1")
                .hasSize(8);
        for (GridRun run : grid.runs()) {
            Path alone = folder.resolve("alone").resolve(run.name());
            RunExecution.execute(run.settings(), RunInputs.of(run.settings()), alone, TrainingListener.SILENT);
            Path inGrid = new GridFolder(out).run(run.cell(), run.seed());
            for (String file : List.of("metrics.json", "configuration.yaml", "model", "scores.json")) {
                assertThat(Files.mismatch(inGrid.resolve(file), alone.resolve(file)))
                        .as("%s of %s", file, run.name())
                        .isEqualTo(-1);
            }
            boolean guided = run.cell().framework().equals("s-llmr");
            for (Path place : List.of(alone, inGrid)) {
                Optional<TeacherSource> teacher =
                        RunFolder.open(place).contents().provenance().teacher();
                assertThat(teacher.map(TeacherSource::file))
                        .isEqualTo(guided ? Optional.of("teacher.scores") : Optional.empty());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void runsShareTheBackboneAlone(int jobs) throws Exception {
        Path scores = shop.teacherHoldingOut(folder.resolve("holding-out.scores"));
        Grid grid = grid("""
                title: Small
                data:
                  shop: {label: Small shop}
                backbones:
                  mf: {set: {model.backbone: mf, model.embeddingDimension: 8, training.maxEpochs: 2}}
                frameworks:
                  none: {}
                  s-llmr: {guidance: {name: calibrated-pairwise, referenceEpochs: 3}}
                  alone: {guidance: {name: calibrated-pairwise, referenceEpochs: 3, useTeacher: false}}
                  shorter: {guidance: {name: calibrated-pairwise, referenceEpochs: 1}}
                seeds: [1, 2]
                """, scores);
        Path out = folder.resolve("out");
        Map<String, Integer> trained = new TreeMap<>();
        GridListener counting = new GridListener() {
            @Override
            public void epoch(GridRun run, String part, EpochRecord epoch) {
                if (!part.isEmpty()) {
                    trained.merge(run.name(), 1, Integer::sum);
                }
            }
        };
        List<GridRun> guided = grid.runs().stream()
                .filter(run -> !run.cell().framework().equals("none"))
                .toList();
        new GridExecution(grid, new GridFolder(out), jobs, counting).execute(guided);
        assertThat(trained)
                .isEqualTo(Map.of(
                        "shop/mf/s-llmr/seed-1", 3,
                        "shop/mf/s-llmr/seed-2", 3,
                        "shop/mf/shorter/seed-1", 1,
                        "shop/mf/shorter/seed-2", 1));
        for (GridRun run : guided) {
            Path alone = folder.resolve("alone").resolve(run.name());
            RunExecution.execute(run.settings(), RunInputs.of(run.settings()), alone, TrainingListener.SILENT);
            Path inGrid = new GridFolder(out).run(run.cell(), run.seed());
            assertThat(Files.mismatch(inGrid.resolve("model"), alone.resolve("model")))
                    .as(run.name())
                    .isEqualTo(-1);
            assertThat(RunFolder.open(inGrid).contents().reference())
                    .as(run.name())
                    .hasSize(run.cell().framework().equals("shorter") ? 1 : 3);
        }
        assertThat(out.resolve("references")).isDirectory();
        execute(grid, out, 1);
        assertThat(out.resolve("references")).as("of a complete grid").doesNotExist();
    }

    @Test
    void runsOfAnotherTeacherAreRefused() throws Exception {
        Grid grid = grid(GRID);
        Path out = executed();
        byte[] scores = Files.readAllBytes(shop.teacher());
        try {
            TeacherTableFile.read(shop.teacher()).shuffled(new Seed(5)).write(shop.teacher());
            assertThatThrownBy(() -> execute(grid, out, 2))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.problems())
                                    .hasSize(4)
                                    .allSatisfy(problem -> assertThat(problem.toString())
                                            .contains("s-llmr", "other settings, data or teacher's scores")));
        } finally {
            Files.write(shop.teacher(), scores);
        }
        assertThat(execute(grid, out, 2)).hasSize(8);
    }

    @Test
    void scoresOfValidationSamplesAreRefused() throws Exception {
        byte[] scores = Files.readAllBytes(shop.teacher());
        TeacherTableFile made = TeacherTableFile.read(shop.teacher());
        ScoreProvenance own = made.provenance();
        try {
            new TeacherTableFile(
                            new ScoreProvenance(
                                    own.teacher(),
                                    own.model(),
                                    own.settings(),
                                    own.dataset(),
                                    own.datasetHash(),
                                    own.seed(),
                                    Map.of("VALIDATION", own.asked()),
                                    own.answered(),
                                    own.asked(),
                                    own.scored(),
                                    own.usersScored(),
                                    own.itemsScored()),
                            made.table())
                    .write(shop.teacher());
            assertThatThrownBy(() -> execute(grid(GRID), folder.resolve("out"), 2))
                    .hasMessageContaining("must not be trained with");
        } finally {
            Files.write(shop.teacher(), scores);
        }
    }

    @Test
    void aStoppedGridEndsWithTheSameResults() throws Exception {
        Grid grid = grid(GRID);
        Path out = folder.resolve("stopped");
        for (int stopAt : new int[] {2, 5, 9}) {
            AtomicInteger epochs = new AtomicInteger();
            Thread main = Thread.currentThread();
            GridListener stopper = new GridListener() {
                @Override
                public void epoch(GridRun run, String part, EpochRecord epoch) {
                    if (epochs.incrementAndGet() == stopAt) {
                        main.interrupt();
                    }
                }
            };
            assertThatThrownBy(() -> new GridExecution(grid, new GridFolder(out), 2, stopper).execute(grid.runs()))
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(execute(grid, out, 1)).hasSize(8).allMatch(RunOutcome.Finished.class::isInstance);
        for (String table : List.of("runs", "metrics", "epochs", "gates", "summary")) {
            assertThat(rows(out, table)).as(table).isEqualTo(rows(results, table));
        }
        assertThat(rows(out, "runs")).hasSize(8);
        assertThat(rows(out, "gates")).isNotEmpty();
        assertThat(Files.list(out.resolve("runs/shop/mf/none")))
                .extracting(path -> path.getFileName().toString())
                .as("no checkpoint is left")
                .containsExactlyInAnyOrder("seed-1", "seed-3");
    }

    @Test
    void aRunThatDivergesIsReportedAndDoesNotStopTheRest() throws Exception {
        Grid grid = grid(
                GRID
                        + "  - {backbone: deepfm, framework: none, set: {model.initialization: '{name: normal, deviation: 1e25}'}}\n");
        Path out = folder.resolve("out");
        List<RunOutcome> outcomes = execute(grid, out, 2);
        assertThat(outcomes).hasSize(8);
        assertThat(outcomes)
                .filteredOn(RunOutcome.Failed.class::isInstance)
                .extracting(RunOutcome::name)
                .containsExactly("shop/deepfm/none/seed-1", "shop/deepfm/none/seed-3");
        assertThat(rows(out, "runs where status = 'failed' and message like '%iverged%'"))
                .hasSize(2);
        AtomicInteger started = new AtomicInteger();
        new GridExecution(grid, new GridFolder(out), 2, new GridListener() {
                    @Override
                    public void started(GridRun run) {
                        started.incrementAndGet();
                    }
                })
                .execute(grid.runs());
        assertThat(started)
                .as("neither complete nor diverged runs are repeated")
                .hasValue(0);
    }

    @Test
    void onlyOneProcessAtATimeUsesAFolder() throws Exception {
        Grid grid = grid(GRID);
        GridFolder out = new GridFolder(folder.resolve("out"));
        try (AutoCloseable held = out.lock()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> execute(grid, out.path(), 1)).hasMessageContaining("in use by another experiment");
        }
        Path begun =
                Files.createDirectories(out.run(grid.runs().get(0).cell(), 3).resolveSibling(".seed-3.unfinished-9-f"));
        List<GridRun> one = grid.runs().subList(0, 1);
        assertThat(new GridExecution(grid, out, 1, GridListener.SILENT).execute(one))
                .hasSize(1);
        assertThat(begun).doesNotExist();
    }

    @Test
    void runsOfOtherSettingsAreReportedBeforeAnythingRuns() throws Exception {
        Path out = executed();
        Grid changed = grid(GRID.replace("training.maxEpochs: 3", "training.maxEpochs: 4"));
        assertThatThrownBy(() -> execute(changed, out, 2))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .hasSize(8)
                                .allMatch(problem -> problem.what().contains("other settings")));
    }

    @Test
    void runsOfOtherSettingsAreReportedAlsoWhereTheyAreNotExecuted() throws Exception {
        Path out = executed();
        Grid changed = grid(GRID.replace("training.maxEpochs: 3", "training.maxEpochs: 4"));
        Path done = out.resolve("runs/shop/mf/none/seed-1");
        Folders.delete(done);
        GridRun one = changed.runs().stream()
                .filter(run -> run.name().equals("shop/mf/none/seed-1"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() ->
                        new GridExecution(changed, new GridFolder(out), 1, GridListener.SILENT).execute(List.of(one)))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .hasSize(7)
                                .allMatch(problem -> problem.what().contains("other settings")));
        assertThat(done).doesNotExist();
    }

    /** All seeds, so that nothing differs within a cell. */
    @Test
    void aCellInAnotherCellsPlaceIsRefusedByEveryReader() throws Exception {
        Path out = executed();
        Grid grid = grid(GRID);
        Path mf = out.resolve("runs/shop/mf");
        Path kept = folder.resolve("kept cell");
        Files.move(mf.resolve("none"), kept);
        Files.move(mf.resolve("s-llmr"), mf.resolve("none"));
        Files.move(kept, mf.resolve("s-llmr"));
        for (long seed : grid.outline().seeds()) {
            Path run = mf.resolve("none/seed-" + seed);
            assertThatThrownBy(() -> RunFolder.open(run))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(run + ": is the run of shop/mf/s-llmr with seed " + seed
                            + ", moved or copied here; put the right run back");
        }
        assertThatThrownBy(() -> new GridFolder(out).outcomes(grid.outline()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .hasSize(2 * grid.outline().seeds().size())
                                .allMatch(problem -> problem.what().contains("moved or copied here")));
        assertThatThrownBy(() -> execute(grid, out, 1)).hasMessageContaining("moved or copied here");
        // Elsewhere it is a run like any other.
        Path elsewhere = folder.resolve("seed-1");
        copy(mf.resolve("none/seed-1"), elsewhere);
        assertThat(RunFolder.open(elsewhere).contents().provenance().seed()).isEqualTo(1);
        Folders.delete(mf.resolve("s-llmr/seed-1"));
        copy(results.resolve("runs/shop/mf/s-llmr/seed-1"), mf.resolve("s-llmr/seed-1"));
        RunFolder.open(mf.resolve("s-llmr/seed-1"));
        Files.delete(out.resolve("runs/grid.json"));
        RunFolder.identifyGrid(out.resolve("runs"));
        assertThatThrownBy(() -> RunFolder.open(mf.resolve("s-llmr/seed-1")))
                .hasMessageContaining("is the run of shop/mf/s-llmr with seed 1 of another grid");
        Files.writeString(out.resolve("runs/grid.json"), "{}");
        assertThatThrownBy(() -> RunFolder.open(mf.resolve("s-llmr/seed-1")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("grid.json: has no valid checksum");
    }

    @Test
    void aRunThatWasTrainedByItselfIsNoneOfAGrid() throws Exception {
        Path out = executed();
        Path place = out.resolve("runs/shop/mf/none/seed-1");
        GridRun one = grid(GRID).runs().stream()
                .filter(run -> run.name().equals("shop/mf/none/seed-1"))
                .findFirst()
                .orElseThrow();
        Path alone = folder.resolve("alone");
        RunExecution.execute(one.settings(), RunInputs.of(one.settings()), alone, TrainingListener.SILENT);
        Folders.delete(place);
        Files.move(alone, place);
        assertThatThrownBy(() -> RunFolder.open(place))
                .hasMessageContaining("is no run of this grid, but one that was trained by itself");
    }

    /** Grids of earlier versions: a report would give their results a name that is not theirs. */
    @Test
    void runFoldersInTheWrongPlaceAreRefused() throws Exception {
        Path out = executed();
        Files.delete(out.resolve("runs/grid.json"));
        Grid grid = grid(GRID);
        GridFolder read = new GridFolder(out);
        assertThat(read.outcomes(grid.outline())).hasSize(8);
        Path mf = out.resolve("runs/shop/mf");
        Path kept = folder.resolve("kept");
        Files.move(mf.resolve("none/seed-1"), kept);
        copy(mf.resolve("s-llmr/seed-1"), mf.resolve("none/seed-1"));
        assertThatThrownBy(() -> read.outcomes(grid.outline()))
                .as("a copy of another cell's run")
                .hasMessageContaining("none/seed-3: differs from " + mf.resolve("none/seed-1"))
                .hasMessageContaining("s-llmr/seed-1: is a copy of " + mf.resolve("none/seed-1"));
        Folders.delete(mf.resolve("none/seed-1"));
        copy(mf.resolve("none/seed-3"), mf.resolve("none/seed-1"));
        assertThatThrownBy(() -> read.outcomes(grid.outline()))
                .as("a copy of another seed's run")
                .hasMessageContaining("none/seed-1: is a run with seed 3");
        Folders.delete(mf.resolve("none/seed-1"));
        Files.move(kept, mf.resolve("none/seed-1"));
        assertThat(read.outcomes(grid.outline())).hasSize(8);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void allMissingInputsAreReportedAtOnce() throws Exception {
        Path file = folder.resolve("grid.yaml");
        Files.writeString(file, GRID.replace("{label: Small shop}", "{}\n  other: {dataset: nowhere, teacher: none}"));
        Grid grid = GridReader.read(
                file,
                GridReader.settings(file),
                List.of(),
                Map.of("shop", shop.dataset()),
                Map.of("shop", folder.resolve("no.scores")),
                GridFilter.ALL);
        assertThatThrownBy(() -> execute(grid, folder.resolve("out"), 1))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.where())
                                .anyMatch(where -> where.contains("no.scores"))
                                .anyMatch(where -> where.contains("nowhere")));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private static List<List<Object>> rows(Path out, String table) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        String file = new GridFolder(out).database().toString();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(found.getObject(column)));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
