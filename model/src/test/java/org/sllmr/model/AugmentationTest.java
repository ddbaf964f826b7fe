// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.SampleVectors;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.augmentation.Augmentation;
import org.sllmr.model.augmentation.Kar;
import org.sllmr.model.augmentation.LlmCf;
import org.sllmr.model.backbone.AddedInput;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.backbone.deepfm.DeepFmSettings;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.file.Safetensors;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.ranking.RankingNetwork;
import org.sllmr.model.ranking.RankingNetwork.Dependence;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.GivenValues;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;

/** Every backbone, none of which knows of it, with the knowledge of users and items. */
class AugmentationTest {
    private static final RandomWorld WORLD = new RandomWorld(5, 40, 60, 12);
    private static final TrainingData DATA = WORLD.data.with(chains());
    /** Vectors of items and of their histories, through shared experts and own ones. */
    private static final Kar HISTORIES = new Kar(2, 3, 7, 4, 0.2, Optional.of("look"), Optional.empty());
    /** Vectors of items and users, of different lengths; as wide together as an embedding. */
    private static final Kar GIVEN = new Kar(0, 2, 5, 3, 0, Optional.of("look"), Optional.of("taste"));

    private static final List<String> WITHOUT_CONTEXT = List.of(
            "user",
            "user.age",
            "item",
            "item.brand",
            "item.category",
            "item.price",
            "history",
            "history.brand",
            "history.category",
            "history.price");

    private static final LlmCf EXAMPLES = new LlmCf(0.4, 2, 2, 2, true, Optional.of("look"));
    private static final LlmCf MEANS = new LlmCf(0.4, 1, 1, 3, false, Optional.of("look"));

    private static final LlmCf WRITTEN =
            new LlmCf(0.4, 2, 2, 2, true, Optional.of("look"), false, Optional.of(Path.of("chains")), 0.7);
    private static final LlmCf STAND_IN =
            new LlmCf(0.4, 1, 1, 3, true, Optional.of("look"), true, Optional.empty(), 1.5);
    private static final LlmCf MEANS_WITH_CHAINS =
            new LlmCf(0.4, 1, 1, 3, false, Optional.of("look"), true, Optional.empty(), 1);

    /** Chains of thought of two of three training samples. */
    private static SampleVectors chains() {
        TrainingData data = WORLD.data;
        int[] rows = IntStream.range(0, data.training().size())
                .filter(row -> row % 3 > 0)
                .toArray();
        Instances samples = data.training().instances().select(rows);
        int width = data.catalogue().vectors().get(0).width();
        byte[] labels = new byte[rows.length];
        float[] values = new float[rows.length * width];
        Random random = new Random(8);
        for (int text = 0; text < rows.length; text++) {
            labels[text] = (byte) data.training().label(rows[text]);
            for (int d = 0; d < width; d++) {
                values[text * width + d] = (float) random.nextGaussian();
            }
        }
        return new SampleVectors("chain-of-thought", samples, labels, width, values, "made up");
    }

    private record Case(BackboneSettings backbone, Augmentation augmentation) {}

    static Stream<Case> cases() {
        return Stream.concat(SampleBackbones.with(Activation.TANH).stream(), Stream.of(new TokenDecoder(2)))
                .flatMap(backbone -> Stream.of(new Case(backbone, HISTORIES), new Case(backbone, GIVEN)));
    }

    static Stream<Case> allCases() {
        List<BackboneSettings> backbones = SampleBackbones.with(Activation.TANH);
        Stream<Case> examples = backbones.stream()
                .flatMap(backbone -> Stream.of(new Case(backbone, EXAMPLES), new Case(backbone, MEANS)));
        // What a backbone is given does not depend on it; one for each way of taking it.
        Stream<Case> chains = Arrays.stream(AddedInput.values())
                .map(added -> backbones.stream()
                        .filter(backbone -> backbone.added() == added)
                        .findFirst()
                        .orElseThrow())
                .flatMap(backbone -> Stream.of(WRITTEN, STAND_IN, MEANS_WITH_CHAINS)
                        .map(augmentation -> new Case(backbone, augmentation)));
        return Stream.of(cases(), examples, chains).flatMap(all -> all);
    }

    private static ModelSettings settings(BackboneSettings backbone, Augmentation augmentation) {
        return settings(backbone, augmentation, List.of());
    }

    private static ModelSettings settings(BackboneSettings backbone, Augmentation augmentation, List<String> fields) {
        return new ModelSettings(
                new SchemaSettings(fields, 5, HistoryPooling.ITEMS),
                6,
                new Initialization.Normal(0.4),
                LinearInitialization.FAN_IN_UNIFORM,
                backbone,
                OptimizerSettings.defaults(),
                augmentation);
    }

    private static void train(CtrModel model, int from, int to) {
        InteractionLog log = DATA.log();
        for (int step = from; step < to; step++) {
            Instances rows = new RandomWorld(step, WORLD.users, WORLD.items, 12).instances(log, 30, step % 2 == 0);
            TrainableModel.Batch batch = model.prepare(log, rows, step % 3 == 0 ? 27 : 30);
            float[] logits = model.forward(batch);
            float[] gradient = new float[logits.length];
            for (int row = 0; row < gradient.length; row++) {
                gradient[row] = (float) ((1 / (1 + Math.exp(-logits[row])) - row % 2) / logits.length);
            }
            model.backward(batch, gradient);
        }
    }

    @ParameterizedTest
    @MethodSource("allCases")
    void scoresAreTheDefinition(Case of, @TempDir Path folder) throws IOException {
        ModelSettings settings = settings(of.backbone, of.augmentation);
        CtrModel model = CtrModel.create(DATA, settings, new Seed(4));
        float[] start = model.network().copyParameters();
        train(model, 0, 20);
        assertThat(model.network().copyParameters()).isNotEqualTo(start);
        Path file = folder.resolve("model.safetensors");
        ModelFile.write(file, model, Map.of());
        ObviousScorer obvious = new ObviousScorer(DATA, settings, Safetensors.read(file, ""));
        Instances rows = WORLD.instances(40);
        float[] scores = model.score(DATA.log(), rows);
        for (int row = 0; row < rows.size(); row++) {
            double expected = obvious.score(DATA.log(), rows.users()[row], rows.items()[row], rows.positions()[row]);
            assertThat((double) scores[row]).isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rankingGivesEveryPairTheScoreOfItsRow(Case of) {
        CtrModel model = CtrModel.create(DATA, settings(of.backbone, of.augmentation, WITHOUT_CONTEXT), new Seed(4));
        train(model, 0, 10);
        int[] users = {0, 3, 11, 39};
        int[] positions = Arrays.stream(users)
                .map(user -> user % (DATA.log().length(user) + 1))
                .toArray();
        float[][] one = ranked(model, users, positions, new CatalogueScoring(1, 1));
        float[][] scores = ranked(model, users, positions, new CatalogueScoring(2, 3));
        RequestScorer requests = model.requestScorer(WORLD.items, 1L << 20);
        for (int i = 0; i < users.length; i++) {
            assertThat(scores[i]).isEqualTo(one[i]);
            int[] userOf = new int[WORLD.items];
            int[] positionOf = new int[WORLD.items];
            Arrays.fill(userOf, users[i]);
            Arrays.fill(positionOf, positions[i]);
            float[] expected = model.score(
                    DATA.log(),
                    new Instances(userOf, IntStream.range(0, WORLD.items).toArray(), positionOf));
            for (int item = 0; item < WORLD.items; item++) {
                assertThat(scores[i][item])
                        .as("user %d, item %d", users[i], item)
                        .isCloseTo(expected[item], within(5e-5f * (1 + Math.abs(expected[item]))));
            }
            int[] history = new int[positions[i]];
            DATA.log().copyItems(users[i], 0, positions[i], history, 0);
            float[] asked = requests.all(
                    new RequestScorer.Request(users[i], history, GivenValues.NONE, GivenValues.NONE, List.of()));
            assertThat(asked).isEqualTo(scores[i]);
        }
    }

    private static float[][] ranked(CtrModel model, int[] users, int[] positions, CatalogueScoring how) {
        float[][] scores = new float[users.length][WORLD.items];
        model.catalogueScorer(WORLD.items, how)
                .score(
                        DATA.log(),
                        users,
                        positions,
                        new int[users.length][0],
                        new CatalogueScorer.Receiver() {
                            @Override
                            public void asked(int row, float[] asked) {}

                            @Override
                            public void scores(int row, int first, float[] of, int count) {
                                System.arraycopy(of, 0, scores[row], first, count);
                            }
                        },
                        ProgressListener.NONE);
        return scores;
    }

    /** Vectors of new users and new items come with the request. */
    @Test
    void requestsTellOfNewUsersAndItems() {
        List<String> fields = List.of("item.brand", "history.brand");
        CtrModel model = CtrModel.create(DATA, settings(Dcnv2Settings.defaults(), GIVEN, fields), new Seed(4));
        train(model, 0, 10);
        RequestScorer requests = model.requestScorer(WORLD.items, 1L << 20);
        float[] expected = requests.all(
                new RequestScorer.Request(6, new int[] {5, 9}, GivenValues.NONE, GivenValues.NONE, List.of()));
        Column brand = DATA.catalogue().fields().get(0);
        List<String> brands = Arrays.stream(brand.values(), brand.offsets()[12], brand.offsets()[13])
                .mapToObj(value -> brand.vocabulary().values().get(value))
                .toList();
        GivenValues ofUser = new GivenValues(
                Map.of(),
                Map.of(),
                Map.of("taste", vector(DATA.numeric().userVectors().get(0), 6)));
        GivenValues ofItem = new GivenValues(
                Map.of("brand", brands),
                Map.of(),
                Map.of("look", vector(DATA.catalogue().vectors().get(0), 12)));
        float[] scores = requests.some(
                new RequestScorer.Request(-1, new int[] {5, 9}, ofUser, GivenValues.NONE, List.of(ofItem)),
                new int[] {11, WORLD.items});
        assertThat(scores).containsExactly(expected[11], expected[12]);
    }

    private static float[] vector(VectorColumn column, int row) {
        return Arrays.copyOfRange(column.values(), row * column.width(), (row + 1) * column.width());
    }

    /** Experts cost a catalogue nothing but once an item, and crosses of them are still taken apart. */
    @Test
    void rankingComputesExpertsOnceAUserAndOnceAnItem() {
        ModelSettings settings = settings(Dcnv2Settings.defaults(), HISTORIES);
        Graph graph = settings.network(settings.shape(settings.fields(DATA)), new Seed(0));
        List<Dependence> dependences = RankingNetwork.dependences(
                graph,
                settings.shape(settings.fields(DATA)).userColumns(),
                settings.shape(settings.fields(DATA)).width());
        long paired = graph.nodes().stream()
                .filter(node -> node.operation().parameters().stream()
                        .anyMatch(parameter -> parameter.name().startsWith("kar.")))
                .peek(node -> assertThat(dependences.get(node.number())).isIn(Dependence.USER, Dependence.ITEM))
                .count();
        assertThat(paired).isGreaterThan(10);
        assertThat(dependences.get(graph.nodes().stream()
                        .filter(node -> node.operation().parameters().stream()
                                .anyMatch(parameter -> parameter.name().equals("cross.0.v")))
                        .findFirst()
                        .orElseThrow()
                        .number()))
                .isEqualTo(Dependence.SUM);
    }

    /** What guidance holds out of the backbone alone is no example there either, and is one again afterwards. */
    @Test
    void examplesCanBeKeptFromAModel() {
        ModelSettings settings = settings(DeepFmSettings.defaults(), EXAMPLES);
        CtrModel model = CtrModel.create(DATA, settings, new Seed(4));
        Instances rows = WORLD.instances(DATA.log(), 40, true);
        float[] before = model.score(DATA.log(), rows);
        model.know(user -> user % 2 == 0 ? 1 : Integer.MAX_VALUE);
        assertThat(model.score(DATA.log(), rows)).isNotEqualTo(before);
        model.know(user -> Integer.MAX_VALUE);
        assertThat(model.score(DATA.log(), rows)).isEqualTo(before);
    }

    /** Of rows with and without an example that is shared, and of the embeddings that only examples have. */
    @Test
    void gradientsThroughExamplesAreFiniteDifferences() {
        for (LlmCf augmentation : List.of(EXAMPLES, MEANS, WRITTEN, STAND_IN)) {
            ModelSettings settings = settings(
                    new DeepFmSettings(
                            FirstOrder.ALL_FIELDS, MlpSettings.defaults().withUnits(List.of())),
                    augmentation);
            CtrModel model = CtrModel.create(DATA, settings, new Seed(4));
            Instances rows = WORLD.instances(DATA.log(), 6, true);
            float[] upstream = {1, -0.5f, 0.7f, 2, -1, 0.3f};
            List<float[]> start = model.weights().blocks();
            model.forward(model.prepare(DATA.log(), rows, 6));
            // One step of plain gradient descent tells the derivatives.
            int probes = 0;
            int kinks = 0;
            float[][] derivatives = derivatives(model, settings, rows, upstream);
            Random random = new Random(3);
            for (int block = 0; block < 2; block++) {
                float[] values = start.get(block);
                for (int i = 0; i < values.length; i += 1 + random.nextInt(block == 0 ? 60 : 120)) {
                    double wide = slope(model, start, block, i, 8e-3f, rows, upstream);
                    double narrow = slope(model, start, block, i, 4e-3f, rows, upstream);
                    probes++;
                    if (Math.abs(wide - narrow) > 0.01 + 0.02 * Math.abs(narrow)) {
                        kinks++;
                        continue;
                    }
                    if (Math.abs(derivatives[block][i] - narrow) > 0.01 + 0.02 * Math.abs(narrow)) {
                        kinks++;
                    }
                }
            }
            assertThat(probes).isGreaterThan(150);
            assertThat(kinks).isLessThan(probes / 12);
        }
    }

    /** Adam's first step is by the sign; its first moment is a tenth of the derivative. */
    private static float[][] derivatives(CtrModel model, ModelSettings settings, Instances rows, float[] upstream) {
        CtrModel stepped = CtrModel.create(DATA, settings, new Seed(4));
        TrainableModel.Batch batch = stepped.prepare(DATA.log(), rows, 6);
        stepped.forward(batch);
        stepped.backward(batch, upstream.clone());
        List<float[]> state = stepped.state().blocks();
        float[][] moments = {state.get(1).clone(), state.get(5).clone()};
        for (float[] moment : moments) {
            for (int i = 0; i < moment.length; i++) {
                moment[i] *= 10;
            }
        }
        return moments;
    }

    private static double slope(
            CtrModel model, List<float[]> start, int block, int i, float step, Instances rows, float[] upstream) {
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            List<float[]> changed = start.stream().map(float[]::clone).toList();
            changed.get(block)[i] += side == 0 ? step : -step;
            model.restore(model.weights(changed));
            TrainableModel.Batch batch = model.prepare(DATA.log(), rows, 6);
            float[] logits = model.forward(batch);
            for (int row = 0; row < logits.length; row++) {
                losses[side] += (double) upstream[row] * logits[row];
            }
            for (double head : model.headLosses().values()) {
                losses[side] += head;
            }
        }
        return (losses[0] - losses[1]) / (2.0 * step);
    }

    /** The loss beside that of the logits is the definition's, whether chains were written or stand in. */
    @Test
    void chainsAreReconstructedAsDefined(@TempDir Path folder) throws IOException {
        for (LlmCf augmentation : List.of(WRITTEN, STAND_IN)) {
            ModelSettings settings = settings(Dcnv2Settings.defaults(), augmentation);
            CtrModel model = CtrModel.create(DATA, settings, new Seed(4));
            train(model, 0, 20);
            Path file = folder.resolve("model" + augmentation.reconstruction() + ".safetensors");
            ModelFile.write(file, model, Map.of());
            ObviousScorer obvious = new ObviousScorer(DATA, settings, Safetensors.read(file, ""));
            Instances rows = WORLD.instances(DATA.log(), 20, true);
            model.forward(model.prepare(DATA.log(), rows, rows.size()));
            double expected = IntStream.range(0, rows.size())
                    .mapToDouble(row -> obvious.reconstruction(
                            DATA.log(), rows.users()[row], rows.items()[row], rows.positions()[row]))
                    .average()
                    .orElseThrow();
            assertThat(model.headLosses()).containsOnlyKeys("reconstruction");
            assertThat(model.headLosses().get("reconstruction"))
                    .isCloseTo(augmentation.reconstruction() * expected, within(1e-4));
        }
    }

    /** A row reads the chains of its examples, and no chain of its own sample or of its user's later ones. */
    @Test
    void noRowReadsTheChainOfItselfOrOfLaterSamples() {
        ModelSettings settings = settings(Dcnv2Settings.defaults(), WRITTEN);
        CtrModel model = CtrModel.create(DATA, settings, new Seed(4));
        SampleVectors chains = chains();
        Instances rows = DATA.training().instances();
        int read = 0;
        for (int row = 0; row < rows.size(); row += 7) {
            Instances one = rows.select(new int[] {row});
            float[] changed = chains.values().clone();
            float[] all = chains.values().clone();
            for (int sample = 0; sample < chains.labels().length; sample++) {
                boolean later = chains.samples().users()[sample] == one.users()[0]
                        && chains.samples().positions()[sample] >= one.positions()[0];
                for (int d = sample * chains.width(); d < (sample + 1) * chains.width(); d++) {
                    changed[d] += later ? 3 + d % 2 : 0;
                    all[d] += 3 + d % 2;
                }
            }
            float expected = model.score(DATA.log(), one)[0];
            assertThat(with(chains, changed, settings).score(DATA.log(), one)[0])
                    .isEqualTo(expected);
            read += with(chains, all, settings).score(DATA.log(), one)[0] == expected ? 0 : 1;
        }
        assertThat(read).isPositive();
    }

    private static CtrModel with(SampleVectors chains, float[] values, ModelSettings settings) {
        SampleVectors other = new SampleVectors(
                chains.name(), chains.samples(), chains.labels(), chains.width(), values, chains.origin());
        return CtrModel.create(WORLD.data.with(other), settings, new Seed(4));
    }

    @Test
    void chainsThatDoNotFitAreRefused() {
        assertThatThrownBy(
                        () -> new LlmCf(0.1, 2, 2, 8, true, Optional.empty(), true, Optional.of(Path.of("chains")), -1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("chainTexts: are given beside itemTextChains")
                .hasMessageContaining("reconstruction: is -1");
        assertThatThrownBy(() -> settings(Dcnv2Settings.defaults(), WRITTEN).fields(WORLD.data))
                .hasMessageContaining("augmentation.chainTexts");
        SampleVectors chains = chains();
        SampleVectors wide = new SampleVectors(
                chains.name(), chains.samples(), chains.labels(), 1, new float[chains.labels().length], "other");
        assertThatThrownBy(() -> CtrModel.create(
                        WORLD.data.with(wide), settings(Dcnv2Settings.defaults(), WRITTEN), new Seed(1)))
                .hasMessageContaining("augmentation.itemVectors")
                .hasMessageContaining("chains of thought have 1");
    }

    @Test
    void aModelThatSearchesExamplesRefusesToRank() {
        CtrModel model = CtrModel.create(DATA, settings(Dcnv2Settings.defaults(), EXAMPLES), new Seed(4));
        assertThatThrownBy(() -> model.catalogueScorer(WORLD.items))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("model.augmentation")
                .hasMessageContaining("cannot rank");
        assertThatThrownBy(() -> model.requestScorer(WORLD.items, 1L << 20)).isInstanceOf(InvalidInputException.class);
        assertThat(NetworkSummary.of(model.schema(), model.settings()).operations())
                .extracting(NetworkSummary.Step::operation)
                .contains("CausalAttention", "RmsNorm");
    }

    @Test
    void resumedAndPlainTrainingHaveTheSameBits() {
        resumedAndPlainTrainingHaveTheSameBits(HISTORIES);
        resumedAndPlainTrainingHaveTheSameBits(EXAMPLES);
        resumedAndPlainTrainingHaveTheSameBits(WRITTEN);
    }

    private static void resumedAndPlainTrainingHaveTheSameBits(Augmentation augmentation) {
        ModelSettings settings = settings(Dcnv2Settings.defaults(), augmentation);
        CtrModel whole = CtrModel.create(DATA, settings, new Seed(4));
        CtrModel begun = CtrModel.create(DATA, settings, new Seed(4));
        CtrModel resumed = CtrModel.create(DATA, settings, new Seed(4));
        CtrModel plain = CtrModel.create(settings.fields(DATA), settings, EngineKernels.plain(), new Seed(4));
        train(whole, 0, 20);
        train(plain, 0, 20);
        train(begun, 0, 9);
        resumed.restore(begun.state());
        train(resumed, 9, 20);
        for (int block = 0; block < 3; block++) {
            float[] expected = whole.weights().blocks().get(block);
            assertThat(resumed.weights().blocks().get(block)).isEqualTo(expected);
            assertThat(plain.weights().blocks().get(block)).isEqualTo(expected);
        }
    }

    /** What is known of a user at a row is what was before it: later interactions change neither scores nor scales. */
    @Test
    void knowledgeOfAUserHoldsEarlierTrainingItemsOnly() {
        ModelSettings settings = settings(Dcnv2Settings.defaults(), HISTORIES, List.of("item"));
        CtrModel model = CtrModel.create(DATA, settings, new Seed(4));
        int user = IntStream.range(0, WORLD.users)
                .filter(u -> DATA.log().length(u) > 5)
                .findFirst()
                .orElseThrow();
        int[] offsets = IntStream.rangeClosed(0, WORLD.users)
                .map(u -> IntStream.range(0, u).map(DATA.log()::length).sum())
                .toArray();
        int[] items = new int[offsets[WORLD.users]];
        for (int u = 0; u < WORLD.users; u++) {
            DATA.log().copyItems(u, 0, DATA.log().length(u), items, offsets[u]);
        }
        Instances row = new Instances(new int[] {user}, new int[] {7}, new int[] {3});
        float expected = model.score(DATA.log(), row)[0];
        for (int position = 0; position < 5; position++) {
            int[] changed = items.clone();
            changed[offsets[user] + position] = (changed[offsets[user] + position] + 5) % WORLD.items;
            InteractionLog other = InteractionLog.of(offsets, changed, new long[changed.length]);
            assertThat(model.score(other, row)[0] == expected).isEqualTo(position >= 3);
        }
    }

    @Test
    void vectorsThatAreReadAsKnowledgeAreNoFieldsBesides() {
        ModelSettings settings = settings(Dcnv2Settings.defaults(), GIVEN);
        List<String> names =
                settings.fields(DATA).fields().stream().map(Field::name).toList();
        assertThat(names)
                .contains("knowledge.user", "knowledge.item", "user.age")
                .doesNotContain("item.look", "history.look", "user.taste");
        assertThat(settings.shape(settings.fields(DATA)).fields().stream().map(Field::name))
                .doesNotContain("knowledge.user", "knowledge.item");
        assertThat(settings.fields(DATA).fitted()).containsKeys("knowledge.user", "knowledge.item");
        ModelSettings without =
                settings(Dcnv2Settings.defaults(), new Kar(2, 3, 7, 4, 0.2, Optional.of("look"), Optional.of("taste")));
        assertThatThrownBy(() -> CtrModel.create(DATA, without, new Seed(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("augmentation.sharedExperts")
                .hasMessageContaining("3 floats")
                .hasMessageContaining("5");
    }

    @Test
    void missingVectorsAreNamed() {
        assertThatThrownBy(
                        () -> settings(Dcnv2Settings.defaults(), Kar.defaults()).fields(DATA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("augmentation.itemVectors");
        Kar other = new Kar(1, 1, 4, 4, 0, Optional.of("sound"), Optional.empty());
        assertThatThrownBy(() -> settings(Dcnv2Settings.defaults(), other).fields(DATA))
                .hasMessageContaining("'sound'")
                .hasMessageContaining("look");
        Kar users = new Kar(0, 1, 4, 4, 0, Optional.of("look"), Optional.of("smell"));
        assertThatThrownBy(() -> settings(Dcnv2Settings.defaults(), users).fields(DATA))
                .hasMessageContaining("augmentation.userVectors")
                .hasMessageContaining("taste");
        assertThatThrownBy(() -> new Kar(0, 0, 4, 4, 0, Optional.empty(), Optional.empty()))
                .hasMessageContaining("at least one expert");
    }
}
