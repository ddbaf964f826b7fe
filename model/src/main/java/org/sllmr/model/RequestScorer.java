// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.batch.SideRows;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.ranking.RankingNetwork;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.GivenValues;
import org.sllmr.model.schema.RequestSchema;

/**
 * Scores items for one user at a time, in any number of threads. It is the engine of {@link CatalogueScorer}, and its scores
 * have the same bits; but what is known of the user comes with the request.
 *
 * <p>Items have numbers: those of the catalogue, then from its size on the new items of a request.
 *
 * <p>The scorer keeps the network as it was; the embeddings must not be trained while it is in use.
 */
public final class RequestScorer {
    private final FeatureSchema schema;
    private final InputShape shape;
    private final CtrModel model;
    private final EngineKernels engine;
    private final RankingNetwork network;
    private final CatalogueItems items;
    /** Memory of threads that are not at work. */
    private final Queue<Work> idle = new ConcurrentLinkedQueue<>();

    /**
     * Who is asking, and what is known besides the dataset.
     *
     * @param user the user, or -1 for one whom training has not seen
     * @param history numbers of the items before, the oldest first
     * @param ofUser values of the user, in place of those that training knew
     * @param context values of the interaction to come
     * @param items values of new items
     */
    public record Request(int user, int[] history, GivenValues ofUser, GivenValues context, List<GivenValues> items) {
        /** Copies the list. */
        public Request {
            items = List.copyOf(items);
        }

        /** The same with another history. */
        public Request with(int[] other) {
            return new Request(user, other, ofUser, context, items);
        }
    }

    private RequestScorer(CtrModel model, int itemCount, long keptBytes) {
        this.model = model;
        this.schema = model.schema();
        this.shape = shape(schema);
        model.tables().catchUpAll();
        this.engine = EngineKernels.fastest();
        this.network = new RankingNetwork(model.network(), shape.userColumns(), shape.width(), engine);
        this.items = new CatalogueItems(network.blockSize(), itemCount, keptBytes);
    }

    /**
     * For the model as it is now.
     *
     * @param items number of items of the catalogue
     * @param keptBytes memory for what is computed of the items alone; what does not fit is computed for each request
     */
    public static RequestScorer of(CtrModel model, int items, long keptBytes) {
        return new RequestScorer(model, items, keptBytes);
    }

    private InputShape shape(FeatureSchema of) {
        return InputShape.of(
                of, model.settings().backbone().history(), model.settings().embeddingDimension());
    }

    private SideRows rows(FeatureSchema of) {
        FirstOrder firstOrder = model.settings().backbone().firstOrder();
        return new SideRows(engine.rows(), of, of == schema ? shape : shape(of), firstOrder, model.tables());
    }

    /** Memory of one thread. */
    private final class Work {
        private final RankingNetwork.Run run = network.newRun();
        private final SideRows rows = rows(schema);
        private final float[] user = new float[rows.width() + Products.SLACK];
        private final float[] fields = new float[network.blockSize() * rows.width() + Products.SLACK];
        private final float[] pairs = new float[network.blockSize() * rows.pairWidth() + Products.SLACK];
        private final float[] logits = new float[network.blockSize()];
    }

    /**
     * What is of the user alone.
     *
     * @param linear sum of first-order weights
     */
    private record User(float linear, RankingNetwork.User state, SideRows.Pairs pairs) {}

    /** The scores of all items of the catalogue: {@code [items]}. */
    public float[] all(Request request) {
        if (hasNew(request.history())) {
            return some(request, IntStream.range(0, items.count()).toArray());
        }
        float[] scores = new float[items.count()];
        Work work = take();
        User user = user(work, request);
        for (int number = 0; number < items.blocks(); number++) {
            CatalogueItems.Block block = items.block(number, work.rows, work.run);
            if (work.rows.pairWidth() > 0) {
                user.pairs.write(block.first(), block.count(), work.pairs);
            }
            work.run.logits(user.state, block.state(), work.pairs, block.count(), work.logits);
            float[] linear = block.linear();
            for (int i = 0; i < linear.length; i++) {
                scores[block.first() + i] = work.logits[i] + (user.linear + linear[i]);
            }
        }
        idle.add(work);
        return scores;
    }

    /**
     * The scores of some items.
     *
     * @param numbers of the items, in any order
     * @return one an item, in their order
     */
    public float[] some(Request request, int[] numbers) {
        float[] scores = new float[numbers.length];
        if (numbers.length == 0) {
            return scores;
        }
        Work work = take();
        boolean anew = hasNew(request.history());
        int[] known = IntStream.range(0, numbers.length)
                .filter(i -> !anew && numbers[i] < items.count())
                .toArray();
        int[] others = IntStream.range(0, numbers.length)
                .filter(i -> anew || numbers[i] >= items.count())
                .toArray();
        int step = network.blockSize();
        if (known.length > 0) {
            User user = user(work, request);
            for (int from = 0; from < known.length; from += step) {
                int[] places = Arrays.copyOfRange(known, from, Math.min(known.length, from + step));
                int[] chunk = Arrays.stream(places).map(i -> numbers[i]).toArray();
                score(work, work.rows, user, chunk, places, scores);
            }
        }
        for (int from = 0; from < others.length; from += step) {
            int[] places = Arrays.copyOfRange(others, from, Math.min(others.length, from + step));
            scoreAnew(work, request, numbers, places, scores);
        }
        idle.add(work);
        return scores;
    }

    /** Scores items by columns of the request's own, in which they come first and the history behind them. */
    private void scoreAnew(Work work, Request request, int[] numbers, int[] places, float[] scores) {
        int[] all = IntStream.concat(Arrays.stream(places).map(i -> numbers[i]), Arrays.stream(request.history()))
                .toArray();
        List<GivenValues> given = Arrays.stream(all)
                .mapToObj(number -> number < items.count()
                        ? GivenValues.NONE
                        : request.items().get(number - items.count()))
                .toList();
        int[] inDataset = Arrays.stream(all)
                .map(number -> number < items.count() ? number : -1)
                .toArray();
        FeatureSchema own = RequestSchema.ofItems(
                RequestSchema.ofUser(schema, request.user(), request.ofUser(), request.context()), inDataset, given);
        SideRows rows = rows(own);
        int[] history = IntStream.range(places.length, all.length).toArray();
        score(
                work,
                rows,
                user(work, rows, 0, history, 0),
                IntStream.range(0, places.length).toArray(),
                places,
                scores);
    }

    private void score(Work work, SideRows rows, User user, int[] chunk, int[] places, float[] scores) {
        float[] linear = new float[chunk.length];
        for (int i = 0; i < chunk.length; i++) {
            linear[i] = rows.item(chunk[i], work.fields, i * rows.width());
        }
        List<float[]> state = work.run.items(work.fields, chunk.length);
        if (rows.pairWidth() > 0) {
            user.pairs.write(chunk, work.pairs);
        }
        work.run.logits(user.state, state, work.pairs, chunk.length, work.logits);
        for (int i = 0; i < chunk.length; i++) {
            scores[places[i]] = work.logits[i] + (user.linear + linear[i]);
        }
    }

    private User user(Work work, Request request) {
        if (request.ofUser().isEmpty() && request.context().isEmpty()) {
            return user(work, work.rows, request.user(), request.history(), -1);
        }
        FeatureSchema own = RequestSchema.ofUser(schema, request.user(), request.ofUser(), request.context());
        return user(work, rows(own), 0, request.history(), 0);
    }

    private static User user(Work work, SideRows rows, int user, int[] history, int context) {
        float linear = rows.user(user, history, context, work.user);
        return new User(linear, work.run.user(work.user, rows.history(), rows.historyItems()), rows.pairs());
    }

    private boolean hasNew(int[] numbers) {
        return Arrays.stream(numbers).anyMatch(number -> number >= items.count());
    }

    private Work take() {
        Work work = idle.poll();
        return work == null ? new Work() : work;
    }

    /**
     * What the model holds of items: the embeddings of all their fields, one behind the other, or where it has none, the
     * vectors that it reads.
     *
     * @return {@code [items, width]}
     */
    public float[][] embeddings(int[] numbers, List<GivenValues> given) {
        int[] inDataset = Arrays.stream(numbers)
                .map(number -> number < items.count() ? number : -1)
                .toArray();
        boolean anew = hasNew(numbers);
        SideRows rows = rows(
                !anew
                        ? schema
                        : RequestSchema.ofItems(
                                RequestSchema.ofUser(schema, -1, GivenValues.NONE, GivenValues.NONE),
                                inDataset,
                                Arrays.stream(numbers)
                                        .mapToObj(number -> number < items.count()
                                                ? GivenValues.NONE
                                                : given.get(number - items.count()))
                                        .toList()));
        int[] columns = embeddingColumns();
        float[] row = new float[shape.width() + Products.SLACK];
        float[][] all = new float[numbers.length][columns.length];
        for (int i = 0; i < numbers.length; i++) {
            rows.item(anew ? i : numbers[i], row, 0);
            for (int d = 0; d < columns.length; d++) {
                all[i][d] = row[columns[d]];
            }
        }
        return all;
    }

    private int[] embeddingColumns() {
        List<Field> pooled = shape.pooled();
        int dimension = shape.dimension();
        int[] ofTables = IntStream.range(0, shape.pooledWidth())
                .filter(at -> pooled.get(at / dimension).ofItem())
                .toArray();
        return ofTables.length > 0
                ? ofTables
                : IntStream.range(shape.pooledWidth(), shape.width())
                        .filter(at -> !shape.userColumns().get(at))
                        .toArray();
    }
}
