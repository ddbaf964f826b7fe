// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;

class CatalogueScorerTest {
    private static final List<String> FIELDS = List.of(
            "user",
            "user.age",
            "user.income",
            "user.taste",
            "item",
            "item.brand",
            "item.category",
            "item.price",
            "item.look",
            "context.hour",
            "context.wait",
            "history",
            "history.brand",
            "history.category",
            "history.price",
            "history.look");

    static Stream<BackboneSettings> backbones() {
        return Arrays.stream(Activation.values()).flatMap(activation -> SampleBackbones.with(activation).stream());
    }

    /** The judge: every pair as a whole row. */
    @ParameterizedTest
    @MethodSource("backbones")
    void everyPairHasTheScoreOfItsRow(BackboneSettings backbone) {
        for (int world = 0; world < 3; world++) {
            long seed = 31L * backbone.toString().hashCode() + world;
            Random random = new Random(seed);
            RandomWorld data = new RandomWorld(seed, 20, 1 + random.nextInt(90), 9);
            try {
                CtrModel model = trained(data, backbone, random, world == 0);
                int[] users = IntStream.generate(() -> random.nextInt(data.users))
                        .limit(7)
                        .toArray();
                float[][] expected = wholeRows(model, data, users);
                float[][] scores = scores(model, data, users, new CatalogueScoring(2, 3, 1 + random.nextInt(9000)));
                for (int row = 0; row < users.length; row++) {
                    double scale = 1
                            + IntStream.range(0, data.items)
                                    .mapToDouble(item -> Math.abs(expected[0][item]))
                                    .max()
                                    .orElse(0);
                    for (int item = 0; item < data.items; item++) {
                        assertThat((double) scores[row][item])
                                .as("seed %d, user %d, item %d", seed, users[row], item)
                                .isCloseTo(expected[row][item], within(2e-5 * scale));
                    }
                }
            } catch (InvalidInputException unfitting) {
                // Some schemas leave a backbone without a field that it needs.
                assertThat(world).as("the whole schema fits every backbone").isPositive();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("few")
    void bitsDependOnNothingButUserAndItem(BackboneSettings backbone) {
        RandomWorld data = new RandomWorld(5, 12, 700, 9);
        CtrModel model = trained(data, backbone, new Random(6), true);
        int[] users = IntStream.range(0, 12).toArray();
        int[] reversed = IntStream.range(0, 12).map(user -> 11 - user).toArray();
        float[][] scores = scores(model, data, users, new CatalogueScoring(1, 1));
        for (CatalogueScoring settings : List.of(
                new CatalogueScoring(1, 12),
                new CatalogueScoring(3, 4),
                new CatalogueScoring(2, 7),
                new CatalogueScoring(2, 5, 1),
                new CatalogueScoring(3, 2, 30_000))) {
            float[][] other = scores(model, data, reversed, settings);
            for (int user = 0; user < 12; user++) {
                assertThat(other[11 - user]).as("user %d, %s", user, settings).isEqualTo(scores[user]);
            }
        }
    }

    static Stream<BackboneSettings> few() {
        return SampleBackbones.with(Activation.RELU).stream();
    }

    @ParameterizedTest
    @MethodSource("few")
    void headsChangeNoRanking(BackboneSettings backbone) {
        RandomWorld data = new RandomWorld(5, 9, 40, 9);
        CtrModel headed = trained(data, new WithHead(backbone), new Random(8), true);
        CtrModel plain = trained(data, backbone, new Random(8), true);
        plain.restoreTensors(headed.tensors().stream()
                .filter(tensor -> !tensor.name().startsWith("decoder."))
                .toList());
        int[] users = IntStream.range(0, 9).toArray();
        CatalogueScoring settings = new CatalogueScoring(1, 4);
        assertThat(scores(headed, data, users, settings)).isDeepEqualTo(scores(plain, data, users, settings));
    }

    /** Of dcnv2 and of din. */
    @ParameterizedTest
    @ValueSource(ints = {10, 14})
    void whatWasAskedForComesFirstAndWithTheSameBits(int backbone) {
        RandomWorld data = new RandomWorld(7, 12, 2500, 9);
        CtrModel model = trained(data, SampleBackbones.with(Activation.RELU).get(backbone), new Random(1), true);
        CatalogueScorer scorer = model.catalogueScorer(data.items, new CatalogueScoring(2, 5));
        int[] users = IntStream.range(0, 12).toArray();
        int[][] asked = new int[12][];
        for (int user = 0; user < 12; user++) {
            asked[user] = user == 3 ? new int[0] : new int[] {(user * 977) % 2500, (user * 31) % 2500};
        }
        float[][] answers = new float[12][];
        float[][] all = new float[12][data.items];
        scorer.score(data.data.log(), users, new int[12], asked, new Collector(all, answers), (stage, done, total) -> {
            assertThat(done).isLessThanOrEqualTo(total);
            assertThat(total).isEqualTo(12 * 2500);
        });
        for (int user = 0; user < 12; user++) {
            assertThat(answers[user]).hasSize(asked[user].length);
            for (int i = 0; i < asked[user].length; i++) {
                assertThat(answers[user][i]).isEqualTo(all[user][asked[user][i]]);
            }
        }
    }

    /** Of deepfm and of din. */
    @ParameterizedTest
    @ValueSource(ints = {0, 14})
    void stopsWhenItsThreadIsInterruptedAndReportsFailures(int backbone) {
        RandomWorld data = new RandomWorld(7, 12, 300, 9);
        CtrModel model = trained(data, SampleBackbones.with(Activation.RELU).get(backbone), new Random(1), true);
        CatalogueScorer scorer = model.catalogueScorer(data.items);
        float[][] all = new float[1][data.items];
        int[][] nothing = {{}};
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> scorer.score(
                        data.data.log(),
                        new int[1],
                        new int[1],
                        nothing,
                        new Collector(all, new float[1][]),
                        ProgressListener.NONE))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> scorer.score(
                        data.data.log(),
                        new int[1],
                        new int[1],
                        new int[][] {{300}},
                        new Collector(all, new float[1][]),
                        ProgressListener.NONE))
                .hasMessageContaining("item 300");
    }

    /** A model of some of the fields, whose statistics and weights have moved. */
    static CtrModel trained(RandomWorld data, BackboneSettings backbone, Random random, boolean allFields) {
        List<String> fields = allFields
                ? List.of()
                : FIELDS.stream().filter(field -> random.nextInt(4) > 0).toList();
        ModelSettings settings = new ModelSettings(
                new SchemaSettings(
                        fields,
                        1 + random.nextInt(6),
                        random.nextBoolean() ? HistoryPooling.ITEMS : HistoryPooling.VALUES),
                2 + random.nextInt(7),
                new Initialization.Normal(0.5),
                LinearInitialization.FAN_IN_UNIFORM,
                backbone,
                OptimizerSettings.defaults());
        CtrModel model = CtrModel.create(data.data, settings, new Seed(random.nextLong()));
        for (int step = 0; step < 5; step++) {
            Instances rows = data.instances(20);
            TrainableModel.Batch batch = model.prepare(data.data.log(), rows, 20);
            float[] gradient = new float[model.forward(batch).length];
            for (int row = 0; row < gradient.length; row++) {
                gradient[row] = (float) random.nextGaussian();
            }
            model.backward(batch, gradient);
        }
        return model;
    }

    private static int position(RandomWorld data, int row, int user) {
        return row % (data.data.log().length(user) + 1);
    }

    private static float[][] wholeRows(CtrModel model, RandomWorld data, int[] users) {
        float[][] scores = new float[users.length][];
        int[] items = IntStream.range(0, data.items).toArray();
        for (int row = 0; row < users.length; row++) {
            int[] userOf = new int[items.length];
            int[] positionOf = new int[items.length];
            Arrays.fill(userOf, users[row]);
            Arrays.fill(positionOf, position(data, users[row], users[row]));
            scores[row] = model.score(data.data.log(), new Instances(userOf, items, positionOf));
        }
        return scores;
    }

    private static float[][] scores(CtrModel model, RandomWorld data, int[] users, CatalogueScoring settings) {
        float[][] scores = new float[users.length][data.items];
        int[] positions =
                Arrays.stream(users).map(user -> position(data, user, user)).toArray();
        model.catalogueScorer(data.items, settings)
                .score(
                        data.data.log(),
                        users,
                        positions,
                        new int[users.length][0],
                        new Collector(scores, new float[users.length][]),
                        ProgressListener.NONE);
        return scores;
    }

    record Collector(float[][] all, float[][] answers) implements CatalogueScorer.Receiver {
        @Override
        public void asked(int row, float[] scores) {
            answers[row] = scores;
        }

        @Override
        public void scores(int row, int first, float[] scores, int count) {
            assertThat(answers[row]).as("what was asked for comes first").isNotNull();
            System.arraycopy(scores, 0, all[row], first, count);
        }
    }
}
