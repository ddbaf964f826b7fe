// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Labels;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.backbone.deepfm.DeepFmSettings;
import org.sllmr.model.backbone.din.DinSettings;
import org.sllmr.model.backbone.sasrec.SasRecSettings;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.file.Safetensors;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.MlpSettings.DropoutPlacement;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.optimizer.OptimizerSettings.Kind;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;

class CtrModelTest {
    private static final MlpSettings MLP =
            new MlpSettings(List.of(12, 7), Activation.RELU, 0.2, DropoutPlacement.AFTER_ACTIVATION, true);
    private static final RandomWorld WORLD = new RandomWorld(1, 40, 60, 12);

    static List<BackboneSettings> backbones() {
        return SampleBackbones.with(Activation.RELU);
    }

    private static ModelSettings settings(BackboneSettings backbone, TableUpdates updates) {
        return new ModelSettings(
                new SchemaSettings(List.of(), 5, HistoryPooling.ITEMS),
                6,
                new Initialization.Normal(0.4),
                LinearInitialization.FAN_IN_UNIFORM,
                backbone,
                new OptimizerSettings(Kind.ADAM, updates, 0.01, 0.9, 0.999, 1e-8, 1e-4, 1e-4, 0));
    }

    /** Sparse ones, unless every step moves all rows. */
    private static TableUpdates fastUpdates(BackboneSettings backbone) {
        return backbone.propagation().isPresent() ? TableUpdates.DENSE : TableUpdates.SPARSE;
    }

    private static ModelSettings settings() {
        return settings(Dcnv2Settings.defaults(), TableUpdates.DENSE);
    }

    @Test
    void dataWithLabelsMayStartOtherwise() {
        TrainingData plain = WORLD.data;
        Instances rows = plain.training().instances();
        byte[] labels = new byte[rows.size()];
        for (int row = 0; row < labels.length; row += 3) {
            labels[row] = 1;
        }
        TrainingData labelled = new TrainingData(
                plain.name(),
                plain.hash(),
                plain.log(),
                plain.catalogue(),
                plain.userIds(),
                plain.userFields(),
                plain.contextFields(),
                new Samples(rows, new Labels.Given(labels, new int[0])),
                plain.validation(),
                plain.numeric());
        ModelSettings both = settings(new Initialization.Normal(0.4, Optional.of(0.1)));

        assertThat(start(labelled, both)).isEqualTo(start(plain, settings(new Initialization.Normal(0.1))));
        assertThat(start(plain, both)).isEqualTo(start(plain, settings(new Initialization.Normal(0.4))));
    }

    private static float[] start(TrainingData data, ModelSettings settings) {
        CtrModel model = CtrModel.create(data, settings, new Seed(5));
        return model.weights().blocks().get(0);
    }

    private static ModelSettings settings(Initialization initialization) {
        ModelSettings all = settings();
        return new ModelSettings(
                all.schema(),
                all.embeddingDimension(),
                initialization,
                all.linearInitialization(),
                all.backbone(),
                all.optimizer());
    }

    /** Trains for some steps on random batches; the last rows of every third batch are there for guidance only. */
    private static float[] train(CtrModel model, RandomWorld world, int steps, boolean overlap) {
        Random random = new Random(17);
        RandomWorld rows = new RandomWorld(2, world.users, world.items, 12);
        InteractionLog log = world.data.log();
        List<Instances> batches = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            batches.add(rows.instances(log, 8 + 2 * random.nextInt(10), step % 2 == 0));
        }
        float[] last = {};
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<TrainableModel.Batch> next = executor.submit(() -> prepare(model, log, batches, 0));
            for (int step = 0; step < steps; step++) {
                int following = step + 1;
                TrainableModel.Batch batch = next.get();
                if (overlap && following < steps) {
                    next = executor.submit(() -> prepare(model, log, batches, following));
                }
                last = model.forward(batch);
                float[] gradient = new float[last.length];
                for (int row = 0; row < gradient.length; row++) {
                    gradient[row] = (float) ((1 / (1 + Math.exp(-last[row])) - row % 2) / last.length);
                }
                model.backward(batch, gradient);
                if (step == steps / 2) {
                    model.learningRate(0.003);
                }
                if (!overlap && following < steps) {
                    next = executor.submit(() -> prepare(model, log, batches, following));
                }
            }
            return last;
        } catch (Exception failure) {
            throw new AssertionError(failure);
        } finally {
            executor.shutdown();
        }
    }

    private static TrainableModel.Batch prepare(CtrModel model, InteractionLog log, List<Instances> batches, int step) {
        Instances rows = batches.get(step);
        return model.prepare(log, rows, step % 3 == 0 ? rows.size() - 3 : rows.size());
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void scoresAreTheDefinition(BackboneSettings backbone, @TempDir Path folder) throws IOException {
        ModelSettings settings = settings(backbone, TableUpdates.DENSE);
        CtrModel model = CtrModel.create(WORLD.data, settings, new Seed(4));
        train(model, WORLD, 30, true);
        Path file = folder.resolve("model.safetensors");
        ModelFile.write(file, model, Map.of());
        ObviousScorer obvious = new ObviousScorer(WORLD.data, settings, Safetensors.read(file, ""));
        Instances rows = WORLD.instances(150);
        float[] scores = model.score(WORLD.data.log(), rows);
        for (int row = 0; row < rows.size(); row++) {
            double expected =
                    obvious.score(WORLD.data.log(), rows.users()[row], rows.items()[row], rows.positions()[row]);
            assertThat((double) scores[row]).isCloseTo(expected, within(1e-4));
        }
    }

    /** Some fields left out, histories of other lengths, pooled either way. */
    @ParameterizedTest
    @MethodSource("backbones")
    void scoresAreTheDefinitionForRandomSchemas(BackboneSettings backbone, @TempDir Path folder) throws IOException {
        long seed = Long.getLong("sllmr.seed", 1);
        System.out.println("random schemas of seed " + seed);
        Random random = new Random(seed);
        for (int trial = 0; trial < 3; trial++) {
            RandomWorld world = new RandomWorld(random.nextLong(), 10 + random.nextInt(20), 30, 1 + random.nextInt(9));
            List<String> fields = new ArrayList<>(List.of("user", "item", "history"));
            for (String optional : List.of("user.age", "context.hour")) {
                if (random.nextBoolean()) {
                    fields.add(optional);
                }
            }
            for (String column : List.of("brand", "category")) {
                if (random.nextBoolean()) {
                    fields.addAll(List.of("item." + column, "history." + column));
                }
            }
            ModelSettings base = settings(backbone, fastUpdates(backbone));
            ModelSettings settings = new ModelSettings(
                    new SchemaSettings(
                            fields,
                            1 + random.nextInt(8),
                            random.nextBoolean() ? HistoryPooling.ITEMS : HistoryPooling.VALUES),
                    2 + random.nextInt(7),
                    base.initialization(),
                    LinearInitialization.values()[trial],
                    backbone,
                    base.optimizer());
            CtrModel model = CtrModel.create(world.data, settings, new Seed(seed));
            train(model, world, 6, true);
            Path file = folder.resolve(trial + ".safetensors");
            ModelFile.write(file, model, Map.of());
            ObviousScorer obvious = new ObviousScorer(world.data, settings, Safetensors.read(file, ""));
            Instances rows = world.instances(100);
            float[] scores = model.score(world.data.log(), rows);
            for (int row = 0; row < rows.size(); row++) {
                double expected =
                        obvious.score(world.data.log(), rows.users()[row], rows.items()[row], rows.positions()[row]);
                assertThat((double) scores[row])
                        .as("seed " + seed)
                        .isCloseTo(expected, within(2e-5 * (1 + Math.abs(expected))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void sameSeedSameBits(BackboneSettings backbone) {
        List<float[]> weights = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            CtrModel model = CtrModel.create(WORLD.data, settings(backbone, TableUpdates.DENSE), new Seed(6));
            train(model, WORLD, 20, run == 1);
            ModelWeights start = (ModelWeights) model.weights();
            weights.add(start.parameters());
            weights.add(start.tables());
        }
        assertThat(weights.get(2)).isEqualTo(weights.get(0));
        assertThat(weights.get(3)).isEqualTo(weights.get(1));
    }

    /** With epsilon 1 and gradients far below it, Adam's first step is the gradient times the learning rate. */
    @Test
    void longGradientsAreScaledAsOneVector() {
        double longest = 1e-3;
        List<float[]> all = new ArrayList<>();
        for (double clip : new double[] {0, 1e6, longest}) {
            ModelSettings base = settings();
            ModelSettings settings = new ModelSettings(
                    base.schema(),
                    base.embeddingDimension(),
                    base.initialization(),
                    base.linearInitialization(),
                    base.backbone(),
                    new OptimizerSettings(Kind.ADAM, TableUpdates.SPARSE, 1, 0.9, 0.999, 1, 0, 0, clip));
            CtrModel model = CtrModel.create(WORLD.data, settings, new Seed(1));
            ModelWeights before = (ModelWeights) model.weights();
            TrainableModel.Batch batch = model.prepare(WORLD.data.log(), rowsOf(30), 30);
            model.forward(batch);
            float[] gradient = new float[30];
            java.util.Arrays.fill(gradient, 2);
            model.backward(batch, gradient);
            ModelWeights after = (ModelWeights) model.weights();
            all.add(difference(before.tables(), after.tables()));
            all.add(difference(before.parameters(), after.parameters()));
        }
        assertThat(all.get(2)).isEqualTo(all.get(0));
        assertThat(all.get(3)).isEqualTo(all.get(1));
        double squares = 0;
        for (float[] part : all.subList(4, 6)) {
            for (float value : part) {
                squares += (double) value * value;
            }
        }
        assertThat(Math.sqrt(squares)).isCloseTo(longest, within(0.02 * longest));
    }

    private static Instances rowsOf(int count) {
        return new RandomWorld(3, WORLD.users, WORLD.items, 12).instances(WORLD.data.log(), count, true);
    }

    private static float[] difference(float[] before, float[] after) {
        float[] difference = new float[before.length];
        for (int i = 0; i < before.length; i++) {
            difference[i] = after[i] - before[i];
        }
        return difference;
    }

    @Test
    void missingFieldsAreNamed() {
        ModelSettings base = settings(DinSettings.defaults(), TableUpdates.DENSE);
        List<List<String>> refused = List.of(List.of("item", "history", "history.brand"), List.of("user", "item"));
        for (List<String> fields : refused) {
            ModelSettings settings = new ModelSettings(
                    new SchemaSettings(fields, 5, HistoryPooling.ITEMS),
                    base.embeddingDimension(),
                    base.initialization(),
                    base.linearInitialization(),
                    base.backbone(),
                    base.optimizer());
            assertThatThrownBy(() -> CtrModel.create(WORLD.data, settings, new Seed(1)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("din")
                    .hasMessageContaining("schema");
        }
    }

    /** Of ids alone, of vectors alone, and of both. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "item history",
                "item.look history.look",
                "user item item.look item.brand history history.look history.brand"
            })
    void sequencesOfIdsAndVectorsAreTheDefinition(String fields, @TempDir Path folder) throws IOException {
        ModelSettings base = settings(new SasRecSettings(2, 2, 6, 5, 0.2, 0), TableUpdates.DENSE);
        ModelSettings settings = new ModelSettings(
                new SchemaSettings(List.of(fields.split(" ")), 4, HistoryPooling.ITEMS),
                base.embeddingDimension(),
                base.initialization(),
                base.linearInitialization(),
                base.backbone(),
                base.optimizer());
        CtrModel model = CtrModel.create(WORLD.data, settings, new Seed(4));
        train(model, WORLD, 20, true);
        Path file = folder.resolve("model.safetensors");
        ModelFile.write(file, model, Map.of());
        ObviousScorer obvious = new ObviousScorer(WORLD.data, settings, Safetensors.read(file, ""));
        Instances rows = WORLD.instances(100);
        float[] scores = model.score(WORLD.data.log(), rows);
        for (int row = 0; row < rows.size(); row++) {
            double expected =
                    obvious.score(WORLD.data.log(), rows.users()[row], rows.items()[row], rows.positions()[row]);
            assertThat((double) scores[row]).isCloseTo(expected, within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void aRowScoresTheSameWhereverItStands(BackboneSettings backbone) {
        CtrModel model = CtrModel.create(WORLD.data, settings(backbone, fastUpdates(backbone)), new Seed(4));
        train(model, WORLD, 10, true);
        Instances rows = WORLD.instances(WORLD.data.log(), 700, true);
        float[] scores = model.score(WORLD.data.log(), rows);
        List<Integer> order = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            order.add(row);
        }
        Collections.shuffle(order, new Random(3));
        int[] places = order.stream().mapToInt(Integer::intValue).toArray();
        float[] shuffled = model.score(WORLD.data.log(), pick(rows, places));
        for (int i = 0; i < places.length; i++) {
            assertThat(Float.floatToIntBits(shuffled[i])).isEqualTo(Float.floatToIntBits(scores[places[i]]));
        }
        for (int row : new int[] {0, 3, 255, 256, 699}) {
            assertThat(model.score(WORLD.data.log(), pick(rows, new int[] {row}))[0])
                    .isEqualTo(scores[row]);
        }
    }

    private static Instances pick(Instances rows, int[] places) {
        int[][] columns = new int[3][places.length];
        for (int i = 0; i < places.length; i++) {
            columns[0][i] = rows.users()[places[i]];
            columns[1][i] = rows.items()[places[i]];
            columns[2][i] = rows.positions()[places[i]];
        }
        return new Instances(columns[0], columns[1], columns[2]);
    }

    @ParameterizedTest
    @EnumSource(TableUpdates.class)
    void overlapAndKernelsLeaveNoTrace(TableUpdates updates) {
        for (BackboneSettings backbone : List.of(
                new DeepFmSettings(FirstOrder.ALL_FIELDS, MLP), Dcnv2Settings.defaults(), DinSettings.defaults())) {
            ModelSettings settings = settings(backbone, updates);
            FeatureSchema schema = FeatureSchema.of(WORLD.data, settings.schema());
            List<ModelWeights> all = new ArrayList<>();
            for (int way = 0; way < 3; way++) {
                EngineKernels kernels = way == 2 ? EngineKernels.plain() : EngineKernels.fastest();
                CtrModel model = CtrModel.create(schema, settings, kernels, new Seed(8));
                train(model, WORLD, 60, way == 1);
                all.add((ModelWeights) model.weights());
            }
            for (int way = 1; way < 3; way++) {
                assertThat(all.get(way).tables()).isEqualTo(all.get(0).tables());
                assertThat(all.get(way).statistics()).isEqualTo(all.get(0).statistics());
                // Padding is for SIMD, so the blocks agree in length as well.
                assertThat(all.get(way).parameters()).isEqualTo(all.get(0).parameters());
            }
        }
    }

    @Test
    void seedsDecideEverything() {
        float[][] logits = new float[3][];
        for (int i = 0; i < 3; i++) {
            CtrModel model = CtrModel.create(WORLD.data, settings(), new Seed(i / 2));
            logits[i] = train(model, WORLD, 5, i == 1);
        }
        assertThat(logits[1]).isEqualTo(logits[0]);
        assertThat(logits[2]).isNotEqualTo(logits[0]);
    }

    @Test
    void stepsLowerTheLoss() {
        CtrModel model = CtrModel.create(WORLD.data, settings(), new Seed(1));
        InteractionLog log = WORLD.data.log();
        Instances rows = WORLD.instances(64);
        double first = 0;
        double loss = 0;
        for (int step = 0; step < 80; step++) {
            TrainableModel.Batch batch = model.prepare(log, rows, 64);
            float[] logits = model.forward(batch);
            float[] gradient = new float[64];
            loss = 0;
            for (int row = 0; row < 64; row++) {
                int label = row % 3 == 0 ? 1 : 0;
                gradient[row] = (float) ((1 / (1 + Math.exp(-logits[row])) - label) / 64);
                loss += Math.log1p(Math.exp(label == 1 ? -logits[row] : logits[row])) / 64;
            }
            first = step == 0 ? loss : first;
            model.backward(batch, gradient);
        }
        assertThat(loss).isLessThan(0.5 * first);
    }

    @Test
    void resamplingDrawsFreshMasksAndLeavesNoTrace() {
        InteractionLog log = WORLD.data.log();
        Instances rows = WORLD.instances(20);
        List<float[]> weights = new ArrayList<>();
        for (boolean resample : new boolean[] {false, true}) {
            CtrModel model = CtrModel.create(WORLD.data, settings(), new Seed(1));
            TrainableModel.Batch batch = model.prepare(log, rows, 20);
            model.forward(batch);
            if (resample) {
                float[] one = model.resample(batch);
                assertThat(model.resample(batch)).isNotEqualTo(one);
            }
            float[] gradient = new float[20];
            gradient[4] = 1;
            model.backward(batch, gradient);
            weights.add(((ModelWeights) model.weights()).tables());
        }
        assertThat(weights.get(1)).isEqualTo(weights.get(0));
    }

    @Test
    void weightsAreACopyToComeBackTo() {
        CtrModel model = CtrModel.create(WORLD.data, settings(), new Seed(1));
        train(model, WORLD, 7, true);
        Instances rows = WORLD.instances(50);
        TrainableModel.Weights weights = model.weights();
        float[] before = model.score(WORLD.data.log(), rows);
        train(model, WORLD, 7, true);
        assertThat(model.score(WORLD.data.log(), rows)).isNotEqualTo(before);
        model.restore(weights);
        assertThat(model.score(WORLD.data.log(), rows)).isEqualTo(before);
    }

    @Test
    void filesKeepEveryBitAndRefuseOtherModels(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.safetensors");
        Instances rows = WORLD.instances(50);
        ModelSettings settings = settings(new DeepFmSettings(FirstOrder.ALL_FIELDS, MLP), TableUpdates.DENSE);
        CtrModel model = CtrModel.create(WORLD.data, settings, new Seed(1));
        train(model, WORLD, 5, true);
        float[] expected = model.score(WORLD.data.log(), rows);
        ModelFile.write(file, model, Map.of("made.by", "test"));

        CtrModel read = CtrModel.create(WORLD.data, settings, new Seed(2));
        assertThat(ModelFile.read(file, read)).containsEntry("made.by", "test");
        assertThat(read.score(WORLD.data.log(), rows)).isEqualTo(expected);

        TrainingData other = new RandomWorld(99, 41, 60, 12).data;
        CtrModel ofOtherData = CtrModel.create(other, settings, new Seed(2));
        assertThatThrownBy(() -> ModelFile.read(file, ofOtherData))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("schema");

        MlpSettings narrow = MLP.withUnits(List.of(11, 7, 3));
        CtrModel ofOtherSettings = CtrModel.create(
                WORLD.data,
                settings(new DeepFmSettings(FirstOrder.ALL_FIELDS, narrow), TableUpdates.DENSE),
                new Seed(2));
        assertThatThrownBy(() -> ModelFile.read(file, ofOtherSettings))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlp.0.weight")
                .hasMessageContaining("mlp.2.bias");

        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 5, 60, bytes.length - 1}) {
            Path broken = Files.write(folder.resolve("broken"), java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Safetensors.read(broken, "train again"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("broken");
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.toString().endsWith(".partial"));
        }
    }

    @Test
    void fieldsCanBeChosenAndUnknownOnesAreNamed() {
        FeatureSchema schema = FeatureSchema.of(
                WORLD.data,
                new SchemaSettings(List.of("item", "history", "history.category"), 5, HistoryPooling.ITEMS));
        assertThat(schema.fields())
                .extracting(field -> field.name())
                .containsExactly("item", "history", "history.category");
        assertThat(schema.tables()).extracting(table -> table.name()).containsExactly("item", "item.category");
        assertThatThrownBy(() -> FeatureSchema.of(
                        WORLD.data, new SchemaSettings(List.of("item", "colour", "size"), 5, HistoryPooling.ITEMS)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("colour")
                .hasMessageContaining("size")
                .hasMessageContaining("item.brand");
    }

    @Test
    void unknownUsersAndItemsShareARow() {
        CtrModel model = CtrModel.create(WORLD.data, settings(), new Seed(1));
        float[] scores = model.score(
                WORLD.data.log(), new Instances(new int[] {-1, 4000}, new int[] {-1, 9999}, new int[] {0, 0}));
        assertThat(scores[0]).isFinite().isEqualTo(scores[1]);
    }

    @Test
    void batchesOutOfTurnAreRefused() {
        CtrModel model = CtrModel.create(WORLD.data, settings(), new Seed(1));
        InteractionLog log = WORLD.data.log();
        TrainableModel.Batch first = model.prepare(log, WORLD.instances(10), 10);
        assertThatThrownBy(() -> model.backward(first, new float[10])).isInstanceOf(IllegalStateException.class);
        model.prepare(log, WORLD.instances(10), 10);
        TrainableModel.Batch third = model.prepare(log, WORLD.instances(10), 10);
        assertThatThrownBy(() -> model.forward(first)).isInstanceOf(IllegalStateException.class);
        model.forward(third);
        assertThatThrownBy(() -> model.backward(third, new float[9])).isInstanceOf(IllegalArgumentException.class);
        model.backward(third, new float[10]);
        assertThatThrownBy(() -> model.forward(third)).isInstanceOf(IllegalStateException.class);
    }
}
