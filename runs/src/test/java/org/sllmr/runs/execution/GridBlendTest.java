// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.Blend;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.grid.Grid;
import org.sllmr.runs.grid.GridFilter;
import org.sllmr.runs.grid.GridReader;
import org.sllmr.runs.grid.GridRun;

/** Frameworks that serve the runs of another one in another way. */
class GridBlendTest {
    private static final String GRID = """
            title: Small
            data:
              shop: {label: Small shop}
            backbones:
              mf: {set: {model.backbone: mf, model.embeddingDimension: 4, training.maxEpochs: 1}}
            frameworks:
              constant: {blendOf: none, withTeacher: false, tailConstant: 0.75}
              none: {}
            seeds: [1, 2]
            """;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static SmallShop shop;

    @BeforeAll
    static void makeShop() throws IOException {
        shop = SmallShop.in(shared);
    }

    private Grid grid(String yaml) throws IOException {
        Path file = folder.resolve("grid.yaml");
        Files.writeString(file, yaml);
        return GridReader.read(
                file,
                GridReader.settings(file),
                List.of(),
                Map.of("shop", shop.dataset()),
                Map.of("shop", shop.teacher()),
                GridFilter.ALL);
    }

    private static List<RunOutcome> execute(Grid grid, Path out, List<GridRun> runs) throws InterruptedException {
        return new GridExecution(grid, new GridFolder(out), 2, GridListener.SILENT).execute(runs);
    }

    @Test
    void aBlendIsMadeOfTheRunWithItsSeed() throws Exception {
        Grid grid = grid(GRID);
        Path out = folder.resolve("out");
        // The blends come first in the grid, and wait for what they are made of.
        assertThat(execute(grid, out, grid.runs())).allMatch(RunOutcome.Finished.class::isInstance);
        Dataset dataset = Dataset.open(shop.dataset());
        for (GridRun run : grid.runs()) {
            RunFolder made = RunFolder.open(new GridFolder(out).run(run.cell(), run.seed()));
            assertThat(made.blend().isPresent()).isEqualTo(run.blend().isPresent());
            assertThat(made.contents().metrics()).isEqualTo(RunEvaluation.evaluate(made, dataset));
            if (run.blend().isPresent()) {
                Blend blend = made.blend().orElseThrow();
                assertThat(blend.teacher()).isEqualTo(Blend.NO_TEACHER);
                assertThat(blend.tailConstant()).isEqualTo(0.75);
                RunFolder of = RunFolder.open(
                        new GridFolder(out).run(run.blend().orElseThrow().of(), run.seed()));
                assertThat(made.modelHash()).isEqualTo(of.modelHash());
                // A constant changes the order of rare and other items, and not that of rare ones.
                assertThat(made.contents().metrics().test().value(SampleMetric.AUC))
                        .isNotEqualTo(of.contents().metrics().test().value(SampleMetric.AUC));
            }
        }
        // Nothing is made again.
        assertThat(execute(grid, out, grid.runs())).hasSize(4).allMatch(RunOutcome.Finished.class::isInstance);
    }

    @Test
    void aBlendWithoutWhatItIsMadeOfFails() throws Exception {
        Grid grid = grid(GRID);
        List<GridRun> blends =
                grid.runs().stream().filter(run -> run.blend().isPresent()).toList();
        List<RunOutcome> outcomes = execute(grid, folder.resolve("blends"), blends);
        assertThat(outcomes).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOf(RunOutcome.Failed.class);
            assertThat(((RunOutcome.Failed) outcome).message()).contains("is not there to be blended");
        });
        // It is made once the run is there.
        Path out = folder.resolve("blends");
        execute(
                grid,
                out,
                grid.runs().stream().filter(run -> run.blend().isEmpty()).toList());
        assertThat(execute(grid, out, blends)).allMatch(RunOutcome.Finished.class::isInstance);
    }

    @Test
    void aRunThatIsBlendedOtherwiseIsRefused() throws Exception {
        Path out = folder.resolve("changed");
        Grid grid = grid(GRID);
        execute(grid, out, grid.runs());
        Grid other = grid(GRID.replace("0.75", "0.5"));
        List<GridRun> trained =
                other.runs().stream().filter(run -> run.blend().isEmpty()).toList();
        for (List<GridRun> runs : List.of(other.runs(), trained)) {
            assertThatThrownBy(() -> execute(other, out, runs))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is not blended as the grid says");
        }
    }

    @Test
    void whatIsWrongWithABlendIsSaidAtOnce() {
        String yaml = GRID.replace("  none: {}\n", """
                  none: {}
                  of-blend: {blendOf: constant}
                  nothing: {blendOf: none, withTeacher: false}
                  guided: {blendOf: none, guidance: {name: distillation}}
                  stray: {tailConstant: 1}
                  arriving: {blendOf: none, withTeacher: false, tailConstant: 1, newItems: average}
                """);
        assertThatThrownBy(() -> grid(yaml))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("frameworks.of-blend.blendOf: is constant, allowed is a framework that trains:")
                .hasMessageContaining("frameworks.nothing: is blended with nothing")
                .hasMessageContaining("frameworks.guided: has guidance or set besides blendOf")
                .hasMessageContaining(
                        "frameworks.stray: has withTeacher, tailConstant or newItems, which only a blend has")
                .hasMessageContaining("frameworks.arriving.newItems: is set, but popularity counts only in a blend");
    }
}
