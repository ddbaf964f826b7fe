// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.RunSettings;
import org.sllmr.training.guidance.None;
import org.sllmr.training.guidance.SelectivePairwise;

class GridReaderTest {
    private static final Path SHIPPED = Path.of("..", "configurations", "grids");

    @TempDir
    Path folder;

    private static Grid read(Path file) {
        GridSettings settings = GridReader.settings(file);
        Map<String, Path> places =
                settings.data().keySet().stream().collect(Collectors.toMap(name -> name, name -> Path.of("d", name)));
        return GridReader.read(file, settings, List.of(), places, places, GridFilter.ALL);
    }

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedGridCanRun(Path file) {
        Grid grid = read(file);
        assertThat(grid.runs())
                .hasSize(grid.outline().cells().size() * grid.outline().seeds().size());
        GridOutline outline = grid.outline();
        assertThat(GridOutline.read("written", outline.write())).isEqualTo(outline);
        outline.paper()
                .ifPresent(paper -> assertThat(outline.cells())
                        .as("published numbers of the baseline")
                        .filteredOn(cell -> cell.framework().equals(outline.baseline()))
                        .allMatch(cell -> paper.value(SampleMetric.AUC, cell).isPresent()));
    }

    @Test
    void thePublishedSettingsOfSingleCellsAreThere() {
        Grid grid = read(SHIPPED.resolve("table2-none.yaml"));
        assertThat(grid.runs()).hasSize(90);
        assertThat(settings(grid, "beauty", "autoint").model().optimizer().learningRate())
                .isEqualTo(0.008);
        assertThat(settings(grid, "toys", "autoint").model().optimizer().learningRate())
                .isEqualTo(0.01);
        assertThat(settings(grid, "beauty", "dcnv1").model().optimizer().tableWeightDecay())
                .isEqualTo(1e-5);
        assertThat(settings(grid, "beauty", "dcnv1").model().optimizer().networkWeightDecay())
                .isEqualTo(1e-5);
        for (String backbone : List.of("autoint", "dcnv1", "dcnv2", "din")) {
            assertThat(settings(grid, "toys", backbone).model().optimizer().tableWeightDecay())
                    .isEqualTo(5e-5);
            assertThat(settings(grid, "sports", backbone).model().optimizer().tableWeightDecay())
                    .isEqualTo(1e-4);
        }
        assertThat(settings(grid, "toys", "deepfm").model().backbone().toString())
                .contains("dropout=0.0");
        assertThat(settings(grid, "sports", "deepfm").model().backbone().toString())
                .contains("dropout=0.1");
        assertThat(grid.outline().paper().orElseThrow().value(SampleMetric.AUC, new GridCell("toys", "din", "s-llmr")))
                .isEqualTo(OptionalDouble.of(0.7829));
        assertThat(grid.outline().backboneLabel("dcnv2")).isEqualTo("DCNv2");
        assertThat(grid.runs().get(0).name()).isEqualTo("sports/deepfm/none/seed-1");
        assertThat(grid.runs().get(6).name()).isEqualTo("sports/deepfm/none/seed-2");
    }

    private static RunSettings settings(Grid grid, String data, String backbone) {
        return grid.run(new GridCell(data, backbone, "none"), 2).orElseThrow().settings();
    }

    @Test
    void laterOverridesTakePrecedenceOverEarlierOnesAndTheFramework() throws IOException {
        Path file = write("""
                data: {a: {dataset: x, teacher: y}, b: {dataset: z, teacher: y}}
                backbones: {mf: {set: {model.backbone: mf}}}
                frameworks:
                  none: {}
                  s-llmr: {guidance: {name: selective-pairwise, lambda: 0.3}, set: {training.batchSize: 64}}
                seeds: [7]
                overrides:
                  - {framework: s-llmr, set: {guidance.lambda: 0.4}}
                  - {data: b, framework: s-llmr, set: {guidance.lambda: 0.5, training.batchSize: 32}}
                """);
        GridSettings settings = GridReader.settings(file);
        Grid grid = GridReader.read(file, settings, List.of(9L), Map.of(), Map.of(), GridFilter.ALL);
        assertThat(lambda(grid, "a")).isEqualTo(0.4);
        assertThat(lambda(grid, "b")).isEqualTo(0.5);
        RunSettings alone =
                grid.run(new GridCell("a", "mf", "none"), 9).orElseThrow().settings();
        assertThat(alone.guidance()).isInstanceOf(None.class);
        assertThat(alone.teacher())
                .as("a run without guidance needs no teacher")
                .isEmpty();
        assertThat(alone.training().batchSize()).isEqualTo(128);
        GridFilter only = GridFilter.of(List.of("data=b", "framework=s-llmr"), settings);
        assertThat(grid.runs(only)).extracting(GridRun::name).containsExactly("b/mf/s-llmr/seed-9");
    }

    private static double lambda(Grid grid, String data) {
        RunSettings settings =
                grid.run(new GridCell(data, "mf", "s-llmr"), 9).orElseThrow().settings();
        assertThat(settings.training().batchSize()).isEqualTo(data.equals("b") ? 32 : 64);
        return ((SelectivePairwise) settings.guidance()).lambda();
    }

    @Test
    void allProblemsOfAllCellsAreReportedAtOnce() throws IOException {
        Path file = write("""
                data: {a: {}, b: {dataset: z}}
                backbones:
                  mf: {set: {model.backbon: mf}}
                  deepfm: {configuration: nowhere.yaml}
                  dcnv2: {}
                frameworks:
                  none: {}
                  s-llmr: {guidance: selective-pairwise}
                overrides:
                  - {backbone: dcnv2, set: {model.embeddingDimension: 0, training.batchSize: many}}
                """);
        GridSettings settings = GridReader.settings(file);
        assertThatThrownBy(() ->
                        GridReader.read(file, settings, List.of(), Map.of("c", Path.of("x")), Map.of(), GridFilter.ALL))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::where)
                                .contains(
                                        "--data",
                                        file + ": backbones.mf.set model.backbon",
                                        folder.resolve("nowhere.yaml").toString(),
                                        file + ": overrides[0].set model.embeddingDimension",
                                        file + ": overrides[0].set training.batchSize"));
    }

    @Test
    void theFileItselfIsCheckedAtOnce() throws IOException {
        Path file = write("""
                data: {A B: {}}
                backbones: {mf: {}}
                frameworks: {none: {guidance: {name: nothing}}}
                seeds: [1, 1]
                baseline: other
                overrides: [{data: z, set: {a: b}}, {data: z}]
                """);
        assertThatThrownBy(() -> GridReader.settings(file)).hasMessageContaining("is 'nothing', allowed is none");
        Files.writeString(file, Files.readString(file).replace("{name: nothing}", "none"));
        assertThatThrownBy(() -> GridReader.settings(file))
                .hasMessageContaining("data.A B")
                .hasMessageContaining("contain a seed twice")
                .hasMessageContaining("baseline")
                .hasMessageContaining("overrides[0].data")
                .hasMessageContaining("overrides[1].set");
    }

    @Test
    void aFilterReportsTheKnownNames() {
        GridSettings settings = GridReader.settings(SHIPPED.resolve("table2-none.yaml"));
        assertThatThrownBy(() -> GridFilter.of(List.of("backbone=dcn", "colour=red", "x"), settings))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .hasSize(3)
                                .first()
                                .asString()
                                .contains("dcnv2"));
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("grid.yaml"), yaml);
    }
}
