// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.Sha256;
import org.sllmr.model.Model;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.RandomWorld;
import org.sllmr.model.SampleBackbones;
import org.sllmr.model.TokenDecoder;
import org.sllmr.model.TrainableModel;
import org.sllmr.model.augmentation.Augmentation;
import org.sllmr.model.augmentation.Kar;
import org.sllmr.model.augmentation.NoAugmentation;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.backbone.din.DinSettings;
import org.sllmr.model.backbone.sasrec.SasRecSettings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.operation.Input;
import org.sllmr.model.operation.Operation;
import org.sllmr.model.operation.RankingOperation;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.NumberSettings;
import org.sllmr.model.schema.NumberSettings.Form;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;
import org.sllmr.model.schema.TextSettings;
import org.sllmr.model.schema.UnknownSettings;
import org.sllmr.model.schema.VectorParts;

/** Files in ONNX Runtime, beside the model. */
class OnnxFileTest {
    private static final RandomWorld WORLD = new RandomWorld(17, 40, 60, 12);
    private static final TrainingData PAIRS = WORLD.withPairs();
    private static final int ROWS = 150;
    private static final List<String> FEW = List.of("user.age", "item", "item.category", "history.category");

    /**
     * All with one activation and every schema; with the others the first ones, DeepFM and xDeepFM, which use it in different
     * places.
     */
    static Stream<Arguments> models() {
        return Stream.concat(
                Stream.concat(SampleBackbones.with(Activation.RELU).stream(), Stream.of(new TokenDecoder(3)))
                        .map(backbone -> Arguments.of(backbone, schemas())),
                Stream.of(Activation.TANH, Activation.PRELU)
                        .flatMap(activation -> SampleBackbones.with(activation).subList(0, 4).stream())
                        .map(backbone -> Arguments.of(backbone, schemas().subList(0, 1))));
    }

    /** Everything that a model can read, a few fields, and what factorisations take. */
    private static List<SchemaSettings> schemas() {
        UnknownSettings unknown = new UnknownSettings(0.2, 3);
        NumberSettings numbers = new NumberSettings(
                Form.LOGARITHMIC, 4, List.of(new NumberSettings.FieldForm("item.price", Form.QUANTILES)));
        NumberSettings others = new NumberSettings(
                Form.STANDARDIZED, 3, List.of(new NumberSettings.FieldForm("context.wait", Form.QUANTILES)));
        VectorParts all = new VectorParts(true, true, true, true, 7);
        VectorParts none = new VectorParts(true, true, false, false, 7);
        return List.of(
                schema(List.of(), 5, HistoryPooling.VALUES, numbers, all, unknown),
                schema(List.of(), 3, HistoryPooling.ITEMS, others, all, UnknownSettings.defaults()),
                schema(List.of(), 9, HistoryPooling.ITEMS, numbers, none, unknown),
                schema(FEW, 4, HistoryPooling.VALUES, numbers, none, UnknownSettings.defaults()));
    }

    private static SchemaSettings schema(
            List<String> fields,
            int history,
            HistoryPooling pooling,
            NumberSettings numbers,
            VectorParts vectors,
            UnknownSettings unknown) {
        return new SchemaSettings(fields, history, pooling, numbers, vectors, TextSettings.defaults(), unknown, false);
    }

    private static Model trained(TrainingData data, BackboneSettings backbone, SchemaSettings schema) {
        return trained(data, backbone, schema, NoAugmentation.defaults());
    }

    private static Model trained(
            TrainingData data, BackboneSettings backbone, SchemaSettings schema, Augmentation augmentation) {
        ModelSettings settings = new ModelSettings(
                schema,
                6,
                new Initialization.Normal(0.4),
                LinearInitialization.FAN_IN_UNIFORM,
                backbone,
                OptimizerSettings.defaults(),
                augmentation);
        Model model = settings.create(data, new Seed(4));
        Random random = new Random(5);
        for (int step = 0; step < 5; step++) {
            TrainableModel.Batch batch = model.prepare(data.log(), WORLD.instances(30), 30);
            float[] gradient = new float[model.forward(batch).length];
            for (int row = 0; row < gradient.length; row++) {
                gradient[row] = (float) random.nextGaussian();
            }
            model.backward(batch, gradient);
        }
        return model;
    }

    private static void export(Path folder, TrainingData data, Model model) throws IOException {
        OnnxFile.write(
                folder,
                new OnnxSource(
                        model,
                        data.userIds().values(),
                        Optional.empty(),
                        data.catalogue().ids().values(),
                        Map.of("run", "a test")));
    }

    /** Known and unknown users and items, with histories of every length. */
    private static Instances rows(TrainingData data, int count, Random random) {
        Instances rows = WORLD.instances(data.log(), count, true);
        for (int row = 0; row < count; row++) {
            if (random.nextInt(10) == 0) {
                rows.users()[row] = random.nextBoolean() ? -1 : 4000 + row;
            }
            if (random.nextInt(10) == 0) {
                rows.items()[row] = random.nextBoolean() ? -1 : WORLD.items + row;
            }
            if (random.nextInt(6) == 0) {
                rows.positions()[row] = 0;
            } else if (!data.numeric().neighbours().isEmpty()
                    && rows.users()[row] >= 0
                    && rows.users()[row] < WORLD.users) {
                // Visits leave out the user's own only where training rows are.
                rows.positions()[row] = data.log().length(rows.users()[row]);
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("models")
    void scoresAreThoseOfTheModel(BackboneSettings backbone, List<SchemaSettings> schemas, @TempDir Path folder)
            throws IOException, OrtException {
        int compared = 0;
        for (SchemaSettings schema : schemas) {
            for (TrainingData data : List.of(PAIRS, WORLD.data)) {
                Model model;
                try {
                    model = trained(data, backbone, schema);
                } catch (InvalidInputException e) {
                    // Factorisations take nothing that is of user and item together; collaborative filtering needs ids.
                    continue;
                }
                export(folder, data, model);
                compare(folder.resolve(OnnxFile.MODEL), data, model, schema);
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    static List<BackboneSettings> backbones() {
        return SampleBackbones.with(Activation.RELU);
    }

    /** What an augmentation reads and no backbone sees, of histories and of users. */
    @ParameterizedTest
    @MethodSource("backbones")
    void scoresOfAugmentedModelsAreTheirs(BackboneSettings backbone, @TempDir Path folder)
            throws IOException, OrtException {
        SchemaSettings schema =
                schemas().get(backbone instanceof DinSettings || backbone instanceof SasRecSettings ? 3 : 2);
        for (Kar kar : List.of(
                new Kar(2, 1, 5, 3, 0.2, Optional.of("look"), Optional.empty()),
                new Kar(0, 2, 5, 4, 0, Optional.of("look"), Optional.of("taste")))) {
            Model model = trained(WORLD.data, backbone, schema, kar);
            export(folder, WORLD.data, model);
            compare(folder.resolve(OnnxFile.MODEL), WORLD.data, model, schema);
        }
    }

    private static void compare(Path file, TrainingData data, Model model, SchemaSettings schema) throws OrtException {
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        Instances rows = rows(data, ROWS, random);
        float[] expected = model.score(data.log(), rows);
        float scale = 1;
        for (float logit : expected) {
            scale = Math.max(scale, Math.abs(logit));
        }
        try (OnnxSession session = new OnnxSession(file, data)) {
            float[] scores = session.score(data.log(), rows, 0, random);
            float[] padded = session.score(data.log(), rows, 9, random);
            for (int row = 0; row < ROWS; row++) {
                Supplier<String> place = at("seed " + seed + ", row " + row, schema);
                assertThat(scores[row]).as(place).isCloseTo(expected[row], within(1e-5f * scale));
                assertThat(padded[row])
                        .as(() -> place.get() + ", padded")
                        .isCloseTo(expected[row], within(1e-5f * scale));
                if (row % 10 == 0) {
                    float[] alone = session.score(data.log(), rows.slice(row, row + 1), row % 20, random);
                    assertThat(alone[0])
                            .as(() -> place.get() + ", alone")
                            .isCloseTo(expected[row], within(1e-5f * scale));
                }
            }
        }
    }

    /** Told only on failure, because a schema's text is long. */
    private static Supplier<String> at(String row, SchemaSettings schema) {
        return () -> row + ", " + schema;
    }

    /** The set of operations is closed; a new one fails here until it has a translator. */
    @Test
    void everyOperationOfATrainedNetworkHasATranslator() {
        Set<Class<?>> operations = new HashSet<>();
        List<Class<?>> waiting = new ArrayList<>(List.of(Operation.class.getPermittedSubclasses()));
        waiting.remove(RankingOperation.class);
        waiting.remove(Input.class);
        for (Class<?> type : waiting) {
            assertThat(Modifier.isFinal(type.getModifiers())).as(type.getName()).isTrue();
            operations.add(type);
        }
        assertThat(Set.<Class<?>>copyOf(Translators.known())).isEqualTo(operations);
    }

    @Test
    void theSameModelGivesTheSameBytes(@TempDir Path folder) throws IOException, OrtException {
        Model model = trained(PAIRS, Dcnv2Settings.defaults(), schemas().get(0));
        export(folder.resolve("a"), PAIRS, model);
        export(folder.resolve("b"), PAIRS, model);
        for (String name : List.of(OnnxFile.MODEL, OnnxFile.DESCRIPTION)) {
            assertThat(folder.resolve("a").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(name));
        }
        try (OnnxSession session = new OnnxSession(folder.resolve("a").resolve(OnnxFile.MODEL), PAIRS)) {
            assertThat(session.metadata()).containsEntry("sllmr.run", "a test").containsEntry("sllmr.opset", "17");
            String description = Files.readString(folder.resolve("a").resolve(OnnxFile.DESCRIPTION));
            for (String input : session.inputs().keySet()) {
                assertThat(description).contains("\"name\" : \"" + input + "\"");
            }
            assertThat(session.inputs())
                    .containsOnlyKeys(
                            "user",
                            "item",
                            "history",
                            "history_length",
                            "context.hour",
                            "context.wait",
                            "pair.opinion");
            assertThat(description)
                    .contains(Sha256.of(folder.resolve("a").resolve(OnnxFile.MODEL)))
                    .contains(PAIRS.userIds().value(3), PAIRS.catalogue().ids().value(5));
        }
    }
}
