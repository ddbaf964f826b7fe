// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.model.Backbones;
import org.sllmr.model.Model;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.lightgcn.LightGcnSettings;
import org.sllmr.model.backbone.sasrec.SasRecSettings;
import org.sllmr.model.backbone.xdeepfm.XDeepFmSettings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.training.guidance.None;
import org.sllmr.training.negatives.DrawnNegatives;
import org.sllmr.training.objective.BinaryCrossEntropy;

/** The shipped configurations can be read, contain the published settings, and create models. */
class PublishedConfigurationsTest {
    private static final Path FOLDER = Path.of("..", "configurations", "published");

    /** Those of backbones that the study did not train. */
    private static final List<String> OF_OTHER_PAPERS = List.of("lightgcn.yaml", "sasrec.yaml");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(
                            file -> !OF_OTHER_PAPERS.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyBackboneOfThePaperHasOne() throws IOException {
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("autoint.yaml", "dcnv1.yaml", "dcnv2.yaml", "deepfm.yaml", "din.yaml", "xdeepfm.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void containsWhatThePublishedRunsShare(Path file) throws IOException {
        assertThat(Files.readString(file)).startsWith("# ").doesNotContain("\ndata:", "\nteacher:");
        RunSettings settings = RunConfiguration.reader().file(file).read();
        assertThat(Backbones.nameOf(settings.model().backbone()) + ".yaml")
                .isEqualTo(file.getFileName().toString());
        assertThat(settings.data()).isEmpty();
        assertThat(settings.model().embeddingDimension()).isEqualTo(32);
        assertThat(settings.model().schema().historyLength()).isEqualTo(20);
        assertThat(settings.model().optimizer().learningRate()).isEqualTo(0.01);
        assertThat(settings.model().optimizer().tableWeightDecay()).isEqualTo(1e-4);
        assertThat(settings.model().optimizer().networkWeightDecay()).isEqualTo(1e-4);
        assertThat(settings.training().batchSize()).isEqualTo(128);
        assertThat(settings.training().maxEpochs()).isEqualTo(10);
        assertThat(settings.training().patience()).isEqualTo(2);
        assertThat(settings.training().objective()).isInstanceOf(BinaryCrossEntropy.class);
        assertThat(settings.guidance()).isInstanceOf(None.class);
        assertThat(RunConfiguration.read("written", RunConfiguration.write(settings)))
                .isEqualTo(settings);
    }

    @ParameterizedTest
    @MethodSource("files")
    void theRecommendedOneHasTheSameNetwork(Path file) {
        RunSettings published = RunConfiguration.reader().file(file).read();
        RunSettings recommended = RunConfiguration.reader()
                .file(FOLDER.resolveSibling("recommended").resolve(file.getFileName()))
                .read();
        assertThat(recommended.model().backbone())
                .isEqualTo(withFewerMaps(published.model().backbone()));
        assertThat(recommended.model().schema()).isEqualTo(published.model().schema());
        assertThat(recommended.guidance()).isEqualTo(published.guidance());
        if (recommended.model().initialization().of(false).equals(new Initialization.Normal(1))) {
            assertThat(recommended.model().initialization().of(true)).isEqualTo(new Initialization.Normal(0.1));
        }
        assertThat(recommended.training().negatives()).isEqualTo(new DrawnNegatives(1));
        assertThat(recommended.model().optimizer().learningRate())
                .isLessThan(published.model().optimizer().learningRate());
    }

    /** Only the recommended xDeepFM has another network: docs/lab-notes/reproduction.md. */
    private static BackboneSettings withFewerMaps(BackboneSettings published) {
        return published instanceof XDeepFmSettings all
                ? new XDeepFmSettings(
                        all.firstOrder(),
                        List.of(16, 16),
                        all.split(),
                        all.activation(),
                        all.mlp(),
                        all.activatedOutput())
                : published;
    }

    @Test
    void lightGcnHasTheSettingsOfItsPaper() {
        RunSettings settings =
                RunConfiguration.reader().file(FOLDER.resolve("lightgcn.yaml")).read();
        assertThat(settings.model().backbone()).isEqualTo(new LightGcnSettings(3, 1e-4));
        assertThat(settings.model().embeddingDimension()).isEqualTo(64);
        assertThat(settings.model().initialization()).isEqualTo(new Initialization.Normal(0.1));
        assertThat(settings.model().schema().fields()).containsExactly("user", "item");
        assertThat(settings.model().optimizer()).isEqualTo(OptimizerSettings.defaults());
        assertThat(settings.training().negatives()).isEqualTo(new DrawnNegatives(1, false, true));
    }

    @Test
    void sasRecHasTheSettingsOfItsPaper() {
        RunSettings settings =
                RunConfiguration.reader().file(FOLDER.resolve("sasrec.yaml")).read();
        assertThat(settings.model().backbone()).isEqualTo(new SasRecSettings(2, 1, 50, 50, 0.5, 0));
        assertThat(settings.model().embeddingDimension()).isEqualTo(50);
        assertThat(settings.model().schema().historyLength()).isEqualTo(50);
        assertThat(settings.model().schema().fields()).containsExactly("item", "history");
        assertThat(settings.model().optimizer()).isEqualTo(OptimizerSettings.defaults());
        assertThat(settings.training().negatives()).isEqualTo(new DrawnNegatives(1));
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void createsAModelThatScores(Path file) {
        RunSettings settings = RunConfiguration.reader().file(file).read();
        InteractionLog log = InteractionLog.of(new int[] {0, 3, 5}, new int[] {0, 1, 2, 2, 0}, new long[5]);
        Column brand = Column.single("brand", new Vocabulary(List.of("b0", "b1")), new int[] {0, 1, 1});
        Catalogue catalogue = new Catalogue(new Vocabulary(List.of("i0", "i1", "i2")), List.of(brand), List.of());
        Instances rows = new Instances(new int[] {0, 1}, new int[] {2, 1}, new int[] {2, 1});
        Samples samples = new Samples(rows, 1);
        TrainingData data = new TrainingData(
                "tiny",
                "hash",
                log.withholdLast(1),
                catalogue,
                new Vocabulary(List.of("u0", "u1")),
                List.of(),
                List.of(),
                samples,
                samples);
        Model model = settings.model().create(data, new Seed(1));
        for (float score : model.score(data.log(), rows)) {
            assertThat(score).isFinite();
        }
    }
}
