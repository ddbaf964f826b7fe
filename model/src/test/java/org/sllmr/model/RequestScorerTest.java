// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.GivenValues;
import org.sllmr.model.schema.NumberSettings;
import org.sllmr.model.schema.NumberSettings.Form;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;
import org.sllmr.model.schema.TextSettings;
import org.sllmr.model.schema.UnknownSettings;
import org.sllmr.model.schema.VectorParts;

class RequestScorerTest {
    private static final RandomWorld WORLD = new RandomWorld(11, 12, 700, 12);

    static List<BackboneSettings> backbones() {
        return NumericFieldsTest.backbones();
    }

    private static Model trained(
            TrainingData data, BackboneSettings backbone, List<String> fields, HistoryPooling pooling) {
        ModelSettings settings = new ModelSettings(
                new SchemaSettings(
                        fields,
                        5,
                        pooling,
                        new NumberSettings(
                                Form.LOGARITHMIC,
                                4,
                                List.of(new NumberSettings.FieldForm("item.price", Form.QUANTILES))),
                        new VectorParts(true, true, true, true, 7),
                        TextSettings.defaults(),
                        new UnknownSettings(0.2, 3),
                        false),
                6,
                new Initialization.Normal(0.4),
                LinearInitialization.FAN_IN_UNIFORM,
                backbone,
                OptimizerSettings.defaults());
        Model model = settings.create(data, new Seed(4));
        Random random = new Random(5);
        for (int step = 0; step < 3; step++) {
            Instances rows = WORLD.instances(20);
            TrainableModel.Batch batch = model.prepare(data.log(), rows, 20);
            float[] gradient = new float[model.forward(batch).length];
            for (int row = 0; row < gradient.length; row++) {
                gradient[row] = (float) random.nextGaussian();
            }
            model.backward(batch, gradient);
        }
        return model;
    }

    /** Users of the dataset, whose histories and contexts come with the request, get the scores of the full ranking. */
    @ParameterizedTest
    @MethodSource("backbones")
    void scoresHaveTheBitsOfTheFullRanking(BackboneSettings backbone) {
        TrainingData data = WORLD.withPairs();
        InteractionLog log = data.log();
        Model model = trained(data, backbone, List.of(), HistoryPooling.VALUES);
        int[] users = IntStream.range(0, WORLD.users).toArray();
        int[] positions = Arrays.stream(users).map(log::length).toArray();
        float[][] expected = new float[users.length][WORLD.items];
        model.catalogueScorer(WORLD.items)
                .score(
                        log,
                        users,
                        positions,
                        new int[users.length][0],
                        new CatalogueScorer.Receiver() {
                            @Override
                            public void asked(int row, float[] scores) {}

                            @Override
                            public void scores(int row, int first, float[] scores, int count) {
                                System.arraycopy(scores, 0, expected[row], first, count);
                            }
                        },
                        ProgressListener.NONE);
        RequestScorer scorer = model.requestScorer(WORLD.items, 1 << 28);
        RequestScorer keepingNothing = model.requestScorer(WORLD.items, 0);
        Random random = new Random(3);
        for (int user : users) {
            int[] history = new int[positions[user]];
            log.copyItems(user, 0, history.length, history, 0);
            RequestScorer.Request request = new RequestScorer.Request(
                    user, history, GivenValues.NONE, context(data, log.contextIndex(user, history.length)), List.of());
            assertThat(scorer.all(request)).as("user %d", user).isEqualTo(expected[user]);
            int[] some = random.ints(random.nextInt(600), 0, WORLD.items).toArray();
            float[] scores = scorer.some(request, some);
            assertThat(keepingNothing.some(request, some)).isEqualTo(scores);
            for (int i = 0; i < some.length; i++) {
                assertThat(scores[i]).as("user %d, item %d", user, some[i]).isEqualTo(expected[user][some[i]]);
            }
        }
    }

    /** Requests that share the scan of the catalogue get the scores that each gets alone. */
    @ParameterizedTest
    @MethodSource("backbones")
    void requestsAtTheSameTimeHaveTheScoresThatTheyHaveAlone(BackboneSettings backbone) {
        TrainingData data = WORLD.withPairs();
        Model model = trained(data, backbone, List.of(), HistoryPooling.VALUES);
        RequestScorer alone = model.requestScorer(WORLD.items, 1 << 28);
        List<RequestScorer.Request> requests = IntStream.range(0, WORLD.users)
                .mapToObj(user -> new RequestScorer.Request(
                        user, new int[] {user % 7, 3}, GivenValues.NONE, GivenValues.NONE, List.of()))
                .toList();
        List<float[]> expected = requests.stream().map(alone::all).toList();
        RequestScorer shared = model.requestScorer(WORLD.items, 1 << 14);
        for (RequestScorer scorer : List.of(shared, shared.inCallingThread())) {
            List<float[]> actual = requests.parallelStream().map(scorer::all).toList();
            for (int user = 0; user < WORLD.users; user++) {
                assertThat(actual.get(user)).as("user %d", user).isEqualTo(expected.get(user));
            }
        }
    }

    /** A deadline that is over after some blocks ends the work with the block that is under way. */
    @ParameterizedTest
    @MethodSource("backbones")
    void workEndsWithItsDeadline(BackboneSettings backbone) {
        TrainingData data = WORLD.withPairs();
        Model model = trained(data, backbone, List.of(), HistoryPooling.VALUES);
        RequestScorer scorer = model.requestScorer(WORLD.items, 1 << 28);
        List<GivenValues> given =
                IntStream.range(0, 4000).mapToObj(i -> item(data, i % 700)).toList();
        RequestScorer.Request request =
                new RequestScorer.Request(3, new int[] {1, 2}, GivenValues.NONE, GivenValues.NONE, given);
        int[] many = IntStream.range(0, 4700).toArray();
        float[] expected = scorer.some(request, many);
        for (int allowed : new int[] {0, 1, 3}) {
            AtomicInteger asked = new AtomicInteger();
            Deadline deadline = Deadline.when(() -> asked.incrementAndGet() > allowed);
            assertThatThrownBy(() -> scorer.some(request, many, deadline)).isInstanceOf(TooLateException.class);
            // Each thread asks once more after the end.
            assertThat(asked.get()).isBetween(allowed + 1, allowed + 1 + ForkJoinPool.getCommonPoolParallelism());
        }
        assertThatThrownBy(() -> scorer.all(request, Deadline.when(() -> true))).isInstanceOf(TooLateException.class);
        assertThat(scorer.some(request, many, Deadline.in(Duration.ofHours(1)))).isEqualTo(expected);
    }

    /** A model that does not read ids cannot tell a new item from one of the catalogue with the same values. */
    @ParameterizedTest
    @MethodSource("backbones")
    void newItemsScoreAsThoseOfTheCatalogueWithTheirValues(BackboneSettings backbone) {
        TrainingData data = WORLD.data;
        List<String> fields = List.of(
                "user",
                "user.age",
                "user.income",
                "user.taste",
                "item.brand",
                "item.category",
                "item.price",
                "item.look",
                "context.hour",
                "context.wait",
                "history.brand",
                "history.category",
                "history.price",
                "history.look",
                "pair.look.product",
                "pair.look.cosine");
        Model model = trained(data, backbone, fields, HistoryPooling.ITEMS);
        RequestScorer scorer = model.requestScorer(WORLD.items, 1 << 28);
        int[] copied = {3, 699, 0, 350, 351, 352};
        List<GivenValues> given =
                Arrays.stream(copied).mapToObj(item -> item(data, item)).toList();
        int[] numbers =
                IntStream.range(WORLD.items, WORLD.items + copied.length).toArray();
        GivenValues context = context(data, 2);
        int[] history = {5, 351, 77, 0, 8, 699};
        int[] withNew = {5, WORLD.items + 4, 77, WORLD.items + 2, 8, WORLD.items + 1};
        RequestScorer.Request plain = new RequestScorer.Request(4, history, GivenValues.NONE, context, List.of());
        RequestScorer.Request asking = new RequestScorer.Request(4, history, GivenValues.NONE, context, given);
        float[] expected = scorer.some(plain, copied);
        assertThat(scorer.some(asking, numbers)).isEqualTo(expected);
        assertThat(scorer.some(asking.with(withNew), numbers)).isEqualTo(expected);
        assertThat(scorer.all(asking.with(withNew))).isEqualTo(scorer.all(plain));
        // Blocks ask the deadline in the thread that scores them.
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Deadline watching = Deadline.when(() -> {
            threads.add(Thread.currentThread());
            return false;
        });
        RequestScorer alone = scorer.inCallingThread();
        assertThat(alone.all(plain, watching)).isEqualTo(scorer.all(plain));
        assertThat(alone.some(plain, copied, watching)).isEqualTo(expected);
        assertThat(threads).containsExactly(Thread.currentThread());
        float[] known = scorer.embeddings(new int[] {699}, List.of())[0];
        assertThat(scorer.embeddings(new int[] {WORLD.items + 1}, given)[0]).isEqualTo(known);
    }

    /** What is given of a user counts, and what the user's row says is the same as giving it. */
    @ParameterizedTest
    @MethodSource("backbones")
    void aUsersValuesMayComeWithTheRequest(BackboneSettings backbone) {
        TrainingData data = WORLD.data;
        Model model = trained(data, backbone, List.of(), HistoryPooling.ITEMS);
        RequestScorer scorer = model.requestScorer(WORLD.items, 1 << 28);
        int user = IntStream.range(0, WORLD.users)
                .filter(row -> !data.userFields().get(0).texts(row).isEmpty())
                .filter(row -> !Float.isNaN(data.numeric().userNumbers().get(0).value(row)))
                .findFirst()
                .orElseThrow();
        GivenValues own = new GivenValues(
                Map.of("age", data.userFields().get(0).texts(user)),
                Map.of("income", data.numeric().userNumbers().get(0).value(user)),
                Map.of());
        GivenValues other = new GivenValues(Map.of("age", List.of("never seen")), Map.of("income", -900f), Map.of());
        int[] history = {1, 2, 3};
        float[] expected = scorer.all(request(user, history, GivenValues.NONE));
        assertThat(scorer.all(request(user, history, own))).isEqualTo(expected);
        assertThat(scorer.all(request(user, history, other))).isNotEqualTo(expected);
        assertThat(scorer.all(request(-1, history, GivenValues.NONE))).isNotEqualTo(expected);
    }

    private static RequestScorer.Request request(int user, int[] history, GivenValues ofUser) {
        return new RequestScorer.Request(user, history, ofUser, GivenValues.NONE, List.of());
    }

    private static GivenValues context(TrainingData data, int row) {
        if (row < 0) {
            return GivenValues.NONE;
        }
        Map<String, List<String>> values = new HashMap<>();
        data.contextFields().forEach(column -> values.put(column.name(), column.texts(row)));
        return new GivenValues(values, numbers(data.numeric().contextNumbers(), row), Map.of());
    }

    private static GivenValues item(TrainingData data, int item) {
        Map<String, List<String>> values = new HashMap<>();
        for (Column column : data.catalogue().fields()) {
            values.put(column.name(), column.texts(item));
        }
        Map<String, float[]> vectors = new HashMap<>();
        for (VectorColumn column : data.catalogue().vectors()) {
            vectors.put(
                    column.name(),
                    Arrays.copyOfRange(column.values(), item * column.width(), (item + 1) * column.width()));
        }
        return new GivenValues(values, numbers(data.catalogue().numbers(), item), vectors);
    }

    private static Map<String, Float> numbers(List<NumberColumn> columns, int row) {
        Map<String, Float> numbers = new HashMap<>();
        for (NumberColumn column : columns) {
            if (!Float.isNaN(column.value(row))) {
                numbers.put(column.name(), column.value(row));
            }
        }
        return numbers;
    }
}
