// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.din.DinSettings;
import org.sllmr.model.backbone.sasrec.SasRecSettings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.GivenValues;
import org.sllmr.model.schema.NumberSettings;
import org.sllmr.model.schema.SchemaFit;
import org.sllmr.model.schema.SchemaFit.KnownTable;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;
import org.sllmr.model.schema.TextSettings;
import org.sllmr.model.schema.UnknownSettings;
import org.sllmr.model.schema.VectorParts;

/**
 * Whoever is unknown gets the score that a known user or item gets once its id is replaced by the unknown row, with the
 * same history.
 */
class UnknownRowTest {
    private static final RandomWorld WORLD = new RandomWorld(11, 30, 40, 9);
    private static final TrainingData DATA = WORLD.data;

    static List<BackboneSettings> backbones() {
        return SampleBackbones.with(Activation.TANH);
    }

    private static ModelSettings settings(BackboneSettings backbone) {
        return new ModelSettings(
                new SchemaSettings(
                        // DIN and SASRec compare each field of the history with the item's, whose values an unknown
                        // item lacks.
                        backbone instanceof DinSettings || backbone instanceof SasRecSettings
                                ? List.of("user", "item", "history")
                                : List.of("user", "item", "history", "history.brand", "history.price", "history.look"),
                        4,
                        HistoryPooling.ITEMS,
                        NumberSettings.defaults(),
                        VectorParts.defaults(),
                        TextSettings.defaults(),
                        new UnknownSettings(0.2, 0),
                        false),
                6,
                new Initialization.Normal(0.4),
                LinearInitialization.FAN_IN_UNIFORM,
                backbone,
                OptimizerSettings.defaults());
    }

    private static Model trained(ModelSettings settings) {
        Model model = settings.create(DATA, new Seed(4));
        Random random = new Random(5);
        for (int step = 0; step < 5; step++) {
            TrainableModel.Batch batch = model.prepare(DATA.log(), WORLD.instances(24), 24);
            float[] gradient = new float[model.forward(batch).length];
            for (int row = 0; row < gradient.length; row++) {
                gradient[row] = (float) random.nextGaussian();
            }
            model.backward(batch, gradient);
        }
        return model;
    }

    /** The same model, for which the ids of some users and items count as unknown. */
    private static Model without(Model model, int[] users, int[] items) {
        SchemaFit fit = model.schema().fitOfData();
        SchemaFit fewer = new SchemaFit(
                fit.fields(),
                fit.tables().stream()
                        .map(table -> new KnownTable(
                                table.name(),
                                table.rows(),
                                List.of(),
                                table.name().equals("user")
                                        ? users
                                        : table.name().equals("item") ? items : table.rare()))
                        .toList(),
                fit.numbers());
        Model other =
                model.settings().create(FeatureSchema.of(DATA, model.settings().schema(), fewer), new Seed(1));
        other.restoreTensors(model.tensors());
        return other;
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void anUnknownUsersGivenHistoryCounts(BackboneSettings backbone) {
        InteractionLog log = DATA.log();
        Model model = trained(settings(backbone));
        RequestScorer scorer = model.requestScorer(WORLD.items, 1 << 24);
        int[] all = IntStream.range(0, WORLD.items).toArray();
        int differing = 0;
        for (int each = 0; each < WORLD.users; each += 5) {
            int user = each;
            Model replaced = without(model, new int[] {user}, new int[0]);
            int position = log.length(user);
            int[] history = new int[position];
            log.copyItems(user, 0, position, history, 0);
            float[] found =
                    scorer.all(new RequestScorer.Request(-1, history, GivenValues.NONE, GivenValues.NONE, List.of()));
            RequestScorer.Request known =
                    new RequestScorer.Request(user, history, GivenValues.NONE, GivenValues.NONE, List.of());
            assertThat(found)
                    .isEqualTo(replaced.requestScorer(WORLD.items, 1 << 24).all(known));
            int[] users = IntStream.generate(() -> user).limit(all.length).toArray();
            int[] positions =
                    IntStream.generate(() -> position).limit(all.length).toArray();
            float[] expected = replaced.score(log, new Instances(users, all, positions));
            float[] withId = model.score(log, new Instances(users, all, positions));
            float[] nobody = scorer.all(
                    new RequestScorer.Request(-1, new int[0], GivenValues.NONE, GivenValues.NONE, List.of()));
            for (int item = 0; item < all.length; item++) {
                assertThat(found[item]).isCloseTo(expected[item], within(1e-4f));
                differing += Math.abs(found[item] - withId[item]) > 1e-3 ? 1 : 0;
            }
            if (model.schema().historyLength() > 0 && readsHistories(model)) {
                assertThat(found).isNotEqualTo(nobody);
            }
        }
        assertThat(differing).isPositive();
    }

    /** Matrix factorization without histories has none to count. */
    private static boolean readsHistories(Model model) {
        return model.schema().fields().stream().anyMatch(field -> field.ofHistory());
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void anUnknownItemIsTheUnknownRow(BackboneSettings backbone) {
        InteractionLog log = DATA.log();
        Model model = trained(settings(backbone));
        RequestScorer scorer = model.requestScorer(WORLD.items, 1 << 24);
        for (int item = 0; item < WORLD.items; item += 7) {
            int user = item % WORLD.users;
            int position = Math.min(2, log.length(user));
            int[] history = new int[position];
            log.copyItems(user, 0, position, history, 0);
            Model replaced = without(model, new int[0], new int[] {item});
            int candidate = item;
            if (IntStream.of(history).anyMatch(before -> before == candidate)) {
                continue;
            }
            float expected =
                    replaced.score(log, new Instances(new int[] {user}, new int[] {item}, new int[] {position}))[0];
            float unknown = model.score(log, new Instances(new int[] {user}, new int[] {-1}, new int[] {position}))[0];
            float asked = scorer.some(
                            new RequestScorer.Request(
                                    user, history, GivenValues.NONE, GivenValues.NONE, List.of(GivenValues.NONE)),
                            new int[] {WORLD.items})[0];
            assertThat(unknown).isEqualTo(expected);
            assertThat(asked).isCloseTo(expected, within(1e-4f));
        }
    }
}
