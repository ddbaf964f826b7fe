// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.backbone.lightgcn.LightGcnSettings;
import org.sllmr.model.backbone.mf.MatrixFactorizationSettings;
import org.sllmr.model.backbone.neumf.NeuMfSettings;
import org.sllmr.model.backbone.sasrec.SasRecSettings;
import org.sllmr.model.batch.BatchRows;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.file.Safetensors;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.NumberSettings;
import org.sllmr.model.schema.NumberSettings.Form;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;
import org.sllmr.model.schema.Table;
import org.sllmr.model.schema.TextSettings;
import org.sllmr.model.schema.UnknownSettings;
import org.sllmr.model.schema.VectorParts;
import org.sllmr.model.visit.VisitInputs;

/** Numbers in every form, every part of vectors, numbers of pairs, and unknown values. */
class NumericFieldsTest {
    private static final RandomWorld WORLD = new RandomWorld(3, 40, 60, 12);
    private static final TrainingData DATA = WORLD.withPairs();
    private static final UnknownSettings UNKNOWN = new UnknownSettings(0.2, 4);

    static List<BackboneSettings> backbones() {
        return SampleBackbones.with(Activation.TANH).stream()
                .filter(backbone -> !(backbone instanceof MatrixFactorizationSettings))
                .filter(backbone -> !(backbone instanceof NeuMfSettings))
                .filter(backbone -> !(backbone instanceof LightGcnSettings))
                .filter(backbone -> !(backbone instanceof SasRecSettings))
                .toList();
    }

    private static ModelSettings settings(BackboneSettings backbone, UnknownSettings unknown) {
        return new ModelSettings(
                new SchemaSettings(
                        List.of(),
                        5,
                        HistoryPooling.ITEMS,
                        new NumberSettings(
                                Form.LOGARITHMIC,
                                4,
                                List.of(
                                        new NumberSettings.FieldForm("item.price", Form.QUANTILES),
                                        new NumberSettings.FieldForm("context.wait", Form.STANDARDIZED))),
                        new VectorParts(true, true, true, true, 7),
                        TextSettings.defaults(),
                        unknown,
                        false),
                6,
                new Initialization.Normal(0.4),
                LinearInitialization.FAN_IN_UNIFORM,
                backbone,
                OptimizerSettings.defaults());
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
    @MethodSource("backbones")
    void scoresAreTheDefinition(BackboneSettings backbone, @TempDir Path folder) throws IOException {
        ModelSettings settings = settings(backbone, UnknownSettings.defaults());
        CtrModel model = CtrModel.create(DATA, settings, new Seed(4));
        train(model, 0, 20);
        Path file = folder.resolve("model.safetensors");
        ModelFile.write(file, model, Map.of());
        Safetensors written = Safetensors.read(file, "");
        assertThat(written.metadata()).containsKey("sllmr.fitted");
        ObviousScorer obvious = new ObviousScorer(DATA, settings, written);
        Instances rows = WORLD.instances(100);
        float[] scores = model.score(DATA.log(), rows);
        for (int row = 0; row < rows.size(); row++) {
            double expected = obvious.score(DATA.log(), rows.users()[row], rows.items()[row], rows.positions()[row]);
            assertThat((double) scores[row]).isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void rankingGivesEveryPairTheScoreOfItsRow(BackboneSettings backbone) {
        ModelSettings settings = settings(backbone, UNKNOWN);
        CtrModel model = CtrModel.create(DATA, settings, new Seed(4));
        train(model, 0, 10);
        int[] users = {0, 3, 11, 39};
        int[] positions = Arrays.stream(users)
                .map(user -> user % (DATA.log().length(user) + 1))
                .toArray();
        float[][] one = ranked(model, users, positions, new CatalogueScoring(1, 1));
        float[][] scores = ranked(model, users, positions, new CatalogueScoring(2, 3));
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

    @Test
    void resumedTrainingHasTheBitsOfOneThatWasNeverStopped() {
        ModelSettings settings = settings(Dcnv2Settings.defaults(), UNKNOWN);
        CtrModel whole = CtrModel.create(DATA, settings, new Seed(4));
        CtrModel begun = CtrModel.create(DATA, settings, new Seed(4));
        CtrModel resumed = CtrModel.create(DATA, settings, new Seed(4));
        CtrModel plain = CtrModel.create(
                FeatureSchema.of(DATA, settings.schema()), settings, EngineKernels.plain(), new Seed(4));
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

    @Test
    void aShareOfUnknownValuesTrainsTheRowsForThem() {
        for (boolean drop : new boolean[] {false, true}) {
            ModelSettings settings =
                    settings(Dcnv2Settings.defaults(), drop ? new UnknownSettings(0.3, 0) : UnknownSettings.defaults());
            CtrModel model = CtrModel.create(DATA, settings, new Seed(4));
            // Weight decay moves every row alike, so the schema's unknown rows are compared with and without steps.
            int users = WORLD.users;
            Table table = model.schema().tables().get(0);
            assertThat(table.unknown()).isEqualTo(users);
            float[] before = model.weights().blocks().get(0);
            train(model, 0, 10);
            float[] after = model.weights().blocks().get(0);
            int width = before.length / model.schema().rows();
            double moved = 0;
            for (int d = 0; d < width; d++) {
                moved += Math.abs(after[table.unknown() * width + d] - before[table.unknown() * width + d]);
            }
            assertThat(moved > 1e-3).isEqualTo(drop);
        }
    }

    @Test
    void rareValuesCountAsUnknown() {
        FeatureSchema schema = FeatureSchema.of(
                DATA,
                settings(Dcnv2Settings.defaults(), new UnknownSettings(0, 4)).schema());
        int[] counts = new int[WORLD.items];
        for (int user = 0; user < WORLD.users; user++) {
            for (int position = 0; position < DATA.log().length(user); position++) {
                counts[DATA.log().item(user, position)]++;
            }
        }
        Table items = schema.tables().stream()
                .filter(table -> table.name().equals("item"))
                .findFirst()
                .orElseThrow();
        assertThat(items.rare().cardinality()).isPositive().isLessThan(WORLD.items);
        for (int item = 0; item < WORLD.items; item++) {
            assertThat(items.row(item) == items.unknown()).isEqualTo(counts[item] < 4);
        }
        FeatureSchema all = FeatureSchema.of(
                DATA,
                settings(Dcnv2Settings.defaults(), UnknownSettings.defaults()).schema());
        assertThat(schema.fingerprint()).isNotEqualTo(all.fingerprint());
    }

    @Test
    void unknownUsersItemsAndValuesAreScored() {
        CtrModel model = CtrModel.create(DATA, settings(Dcnv2Settings.defaults(), UNKNOWN), new Seed(1));
        float[] scores =
                model.score(DATA.log(), new Instances(new int[] {-1, 4000, 3}, new int[] {-1, 9999, 999}, new int[3]));
        assertThat(scores[0]).isFinite().isEqualTo(scores[1]);
        assertThat(scores[2]).isFinite();
    }

    @Test
    void statisticsComeFromTrainingInteractionsAlone() {
        SchemaSettings settings =
                settings(Dcnv2Settings.defaults(), UnknownSettings.defaults()).schema();
        FeatureSchema schema = FeatureSchema.of(DATA, settings);
        float[] waits = DATA.numeric().contextNumbers().get(0).values();
        float last = waits[waits.length - 1];
        // The last interaction of the last user is withheld from training.
        waits[waits.length - 1] = 1e6f;
        assertThat(FeatureSchema.of(DATA, settings).fingerprint()).isEqualTo(schema.fingerprint());
        float first = waits[0];
        waits[0] = 7;
        assertThat(FeatureSchema.of(DATA, settings).fingerprint()).isNotEqualTo(schema.fingerprint());
        waits[0] = first;
        waits[waits.length - 1] = last;
    }

    @Test
    void factorisationsRefuseWhatIsOfUserAndItemTogether() {
        ModelSettings settings = settings(SampleBackbones.with(Activation.TANH).get(18), UnknownSettings.defaults());
        assertThatThrownBy(() -> CtrModel.create(DATA, settings, new Seed(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("pair.look.product")
                .hasMessageContaining("pair.opinion");
    }

    @Test
    void textNeedsVectorsAndFieldsAreNamed() {
        SchemaSettings base =
                settings(Dcnv2Settings.defaults(), UnknownSettings.defaults()).schema();
        SchemaSettings text = new SchemaSettings(
                List.of(),
                5,
                HistoryPooling.ITEMS,
                base.numbers(),
                base.vectors(),
                new TextSettings(true, List.of(), VectorParts.defaults()),
                base.unknown(),
                false);
        assertThatThrownBy(() -> FeatureSchema.of(DATA, text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("text");
        List<String> names = new ArrayList<>();
        FeatureSchema.of(DATA, base).fields().forEach(field -> names.add(field.name()));
        assertThat(names)
                .contains(
                        "user.income",
                        "item.price",
                        "context.wait",
                        "history.price",
                        "user.taste",
                        "item.look",
                        "history.look",
                        "pair.look.product",
                        "pair.look.cosine",
                        "pair.opinion",
                        "pair.visits");
    }

    /** Also after the last interaction that the training data have of a user, where rows of negatives may be. */
    @Test
    void rowsThatAreTrainedOnSeeVisitsOverOtherFolds() {
        ModelSettings settings = settings(Dcnv2Settings.defaults(), UnknownSettings.defaults());
        FeatureSchema schema = settings.fields(DATA);
        InputShape shape = settings.shape(schema);
        BatchRows rows = new BatchRows(EngineKernels.fastest().rows(), schema, shape, FirstOrder.NONE);
        Instances instances = WORLD.instances(DATA.log(), 200, false);
        for (int row = 0; row < 200; row++) {
            instances.positions()[row] = DATA.log().length(instances.users()[row]);
        }
        rows.fill(DATA.log(), instances, 0, 200);
        float[] trained = new float[200 * rows.pairWidth()];
        float[] scored = new float[trained.length];
        rows.numbers(DATA.log(), instances, 0, true, new float[200 * shape.width()], trained);
        rows.numbers(DATA.log(), instances, 0, false, new float[200 * shape.width()], scored);
        Field.Visited source =
                (Field.Visited) shape.ofPair().get(shape.ofPair().size() - 1).source();
        int differing = 0;
        for (int row = 0; row < 200; row++) {
            int user = instances.users()[row];
            int length = DATA.log().length(user);
            int count = Math.min(10, length);
            int[] history = new int[count];
            DATA.log().copyItems(user, length - count, length, history, 0);
            int at = (row + 1) * rows.pairWidth() - 2;
            for (boolean training : new boolean[] {true, false}) {
                float value = source.visits()
                        .value(
                                source.visits().seen(user, length, training),
                                instances.items()[row],
                                history,
                                0,
                                count);
                assertThat((training ? trained : scored)[at])
                        .isEqualTo(Float.isNaN(value) ? 0 : source.scale().of(value));
            }
            differing += trained[at] == scored[at] ? 0 : 1;
        }
        assertThat(differing).isGreaterThan(20);
    }

    @Test
    void visitsAmongChosenFieldsMustBeNamed() {
        SchemaSettings base =
                settings(Dcnv2Settings.defaults(), UnknownSettings.defaults()).schema();
        SchemaSettings visits = new SchemaSettings(
                List.of("user", "item"),
                5,
                HistoryPooling.ITEMS,
                base.numbers(),
                base.vectors(),
                base.text(),
                base.unknown(),
                false,
                new VisitInputs(true, 10, 50, 200, 5));
        assertThatThrownBy(() -> FeatureSchema.of(DATA, visits))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("pair.visits");
    }

    @Test
    void visitsNeedNeighbours() {
        SchemaSettings base =
                settings(Dcnv2Settings.defaults(), UnknownSettings.defaults()).schema();
        SchemaSettings visits = new SchemaSettings(
                List.of(),
                5,
                HistoryPooling.ITEMS,
                base.numbers(),
                base.vectors(),
                base.text(),
                base.unknown(),
                false,
                new VisitInputs(true, 10, 50, 200, 5));
        assertThatThrownBy(() -> FeatureSchema.of(WORLD.data, visits))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("visits.use");
    }
}
