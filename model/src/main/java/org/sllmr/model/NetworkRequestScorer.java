// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.batch.SideRows;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.kernel.Parallel;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.ranking.RankingNetwork;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.GivenValues;
import org.sllmr.model.schema.RequestSchema;
import org.sllmr.model.table.TableRows;

/**
 * Scores requests with the engine of {@link NetworkCatalogueScorer}.
 *
 * <p>It keeps the network as it was; the embeddings must not be trained while it is in use.
 */
final class NetworkRequestScorer implements RequestScorer {
    private final FeatureSchema schema;
    private final InputShape shape;
    private final CtrModel model;
    private final TableRows embeddings;
    private final EngineKernels engine;
    private final RankingNetwork network;
    private final CatalogueItems items;
    private final Parallel parallel;
    private final SharedScan<Work> scan;
    /** Memory of threads that are not at work. */
    private final Queue<Work> idle = new ConcurrentLinkedQueue<>();

    NetworkRequestScorer(CtrModel model, int itemCount, long keptBytes) {
        this.model = model;
        this.schema = model.schema();
        this.shape = shape(schema);
        this.embeddings = model.embeddings();
        this.engine = EngineKernels.fastest();
        this.network = new RankingNetwork(model.network(), shape.userColumns(), shape.width(), engine);
        this.items = new CatalogueItems(network.blockSize(), itemCount, keptBytes);
        this.parallel = Parallel.ALL;
        this.scan = newScan();
    }

    private NetworkRequestScorer(NetworkRequestScorer other, Parallel parallel) {
        this.model = other.model;
        this.schema = other.schema;
        this.shape = other.shape;
        this.embeddings = other.embeddings;
        this.engine = other.engine;
        this.network = other.network;
        this.items = other.items;
        this.parallel = parallel;
        this.scan = newScan();
    }

    private SharedScan<Work> newScan() {
        return new SharedScan<>(items.blocks(), (work, number) -> items.block(number, work.rows, work.run));
    }

    @Override
    public RequestScorer inCallingThread() {
        return new NetworkRequestScorer(this, Parallel.CALLER);
    }

    private InputShape shape(FeatureSchema of) {
        return model.settings().shape(of);
    }

    private SideRows rows(FeatureSchema of) {
        FirstOrder firstOrder = model.settings().backbone().firstOrder();
        return new SideRows(engine.rows(), of, of == schema ? shape : shape(of), firstOrder, embeddings);
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
     * What is of the user alone; several threads may read it.
     *
     * @param linear sum of first-order weights
     */
    private record User(float linear, RankingNetwork.User state, SideRows.Pairs pairs) {}

    /** Scores one of the blocks of a request. */
    @FunctionalInterface
    private interface BlockWork {
        void score(Work work, SideRows.Pairs pairs, int number);
    }

    @Override
    public float[] all(Request request, Deadline deadline) {
        if (hasNew(request.history())) {
            return some(request, IntStream.range(0, items.count()).toArray(), deadline);
        }
        float[] scores = new float[items.count()];
        User user = user(request);
        Queue<SideRows.Pairs> pairs = new ConcurrentLinkedQueue<>();
        SharedScan.Visit<Work> visit = (work, block) -> {
            if (work.rows.pairWidth() > 0) {
                SideRows.Pairs free = pairs.poll();
                SideRows.Pairs own = free == null ? user.pairs.copy() : free;
                own.write(block.first(), block.count(), work.pairs);
                pairs.add(own);
            }
            logits(work, user, block);
            System.arraycopy(work.logits, 0, scores, block.first(), block.count());
        };
        try (SharedScan<Work>.Pass pass = scan.join(visit)) {
            parallel.run(threads(items.blocks()), thread -> {
                Work work = take();
                pass.help(work, deadline);
                idle.add(work);
            });
            pass.await();
        }
        return scores;
    }

    private static int threads(int blocks) {
        return Math.min(blocks, ForkJoinPool.getCommonPoolParallelism() + 1);
    }

    @Override
    public float[] some(Request request, int[] numbers, Deadline deadline) {
        float[] scores = new float[numbers.length];
        boolean anew = hasNew(request.history());
        int[] known = IntStream.range(0, numbers.length)
                .filter(i -> !anew && numbers[i] < items.count())
                .toArray();
        int[] others = IntStream.range(0, numbers.length)
                .filter(i -> anew || numbers[i] >= items.count())
                .toArray();
        if (known.length > 0) {
            User user = user(request);
            each(blocks(known), user, deadline, (work, pairs, number) -> {
                int[] places = block(known, number);
                int[] chunk = Arrays.stream(places).map(i -> numbers[i]).toArray();
                Optional<CatalogueItems.Block> kept = items.kept(chunk);
                CatalogueItems.Block block = kept.isPresent() ? kept.get() : block(work, work.rows, chunk);
                score(work, user, pairs, chunk, block, places, scores);
            });
        }
        for (int number = 0; number < blocks(others); number++) {
            deadline.check();
            Work work = take();
            scoreAnew(work, request, numbers, block(others, number), scores);
            idle.add(work);
        }
        return scores;
    }

    private int blocks(int[] places) {
        return (places.length + network.blockSize() - 1) / network.blockSize();
    }

    private int[] block(int[] places, int number) {
        int from = number * network.blockSize();
        return Arrays.copyOfRange(places, from, Math.min(places.length, from + network.blockSize()));
    }

    /**
     * Does the blocks of a request in this thread, and in others that are idle. One that is busy elsewhere is not waited for:
     * its part is done here.
     */
    private void each(int blocks, User user, Deadline deadline, BlockWork blockWork) {
        AtomicInteger next = new AtomicInteger();
        parallel.run(threads(blocks), thread -> {
            int number = next.getAndIncrement();
            if (number >= blocks) {
                return;
            }
            Work work = take();
            SideRows.Pairs pairs = user.pairs.copy();
            for (; number < blocks; number = next.getAndIncrement()) {
                deadline.check();
                blockWork.score(work, pairs, number);
            }
            idle.add(work);
        });
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
        User user = user(work, rows, 0, history, 0);
        int[] chunk = IntStream.range(0, places.length).toArray();
        score(work, user, user.pairs, chunk, block(work, rows, chunk), places, scores);
    }

    private static CatalogueItems.Block block(Work work, SideRows rows, int[] chunk) {
        float[] linear = new float[chunk.length];
        for (int i = 0; i < chunk.length; i++) {
            linear[i] = rows.item(chunk[i], work.fields, i * rows.width());
        }
        return new CatalogueItems.Block(-1, linear, work.run.items(work.fields, chunk.length));
    }

    private static void score(
            Work work,
            User user,
            SideRows.Pairs pairs,
            int[] chunk,
            CatalogueItems.Block block,
            int[] places,
            float[] scores) {
        if (work.rows.pairWidth() > 0) {
            pairs.write(chunk, work.pairs);
        }
        logits(work, user, block);
        for (int i = 0; i < chunk.length; i++) {
            scores[places[i]] = work.logits[i];
        }
    }

    private static void logits(Work work, User user, CatalogueItems.Block block) {
        work.run.logits(user.state, block.state(), work.pairs, block.count(), work.logits);
        float[] linear = block.linear();
        for (int i = 0; i < linear.length; i++) {
            work.logits[i] += user.linear + linear[i];
        }
    }

    private User user(Request request) {
        Work work = take();
        boolean asTrained = request.ofUser().isEmpty() && request.context().isEmpty();
        User user = asTrained
                ? user(work, work.rows, request.user(), request.history(), -1)
                : user(
                        work,
                        rows(RequestSchema.ofUser(schema, request.user(), request.ofUser(), request.context())),
                        0,
                        request.history(),
                        0);
        idle.add(work);
        return user;
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

    @Override
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
