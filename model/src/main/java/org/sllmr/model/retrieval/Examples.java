// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.retrieval;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.SamplePool;
import org.sllmr.data.SampleVectors;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;

/**
 * A pool of training samples with their labels, and for each row those of the pool that are most alike (LLM-CF, Sun et al.
 * 2024, Section 3.2): half the cosine of the mean vectors of the histories, plus half that of the items' vectors.
 *
 * <p>Of a row's own user only samples of earlier positions are found, never the row itself, its negatives or what is later.
 * The search is exact, and gives the same examples on every machine. It is made when a row is first asked for; the examples
 * of so many rows are kept.
 */
public final class Examples {
    /** Examples of each label of a row. */
    public static final int EACH = 2;
    /** Examples of a row. */
    public static final int PER_ROW = 2 * EACH;

    private static final int MOST_KEPT = 1_000_000;

    private final InteractionLog log;
    private final Instances pool;
    private final byte[] labels;
    /** The samples of each label. */
    private final int[][] byLabel;

    private final Similarities similarities;
    /** One a sample of the pool. */
    private final Optional<Chains> chains;

    private final Map<Row, int[]> kept = new ConcurrentHashMap<>();
    private final Seed order = new Seed(0).child("order of examples");

    private record Row(int user, int position, int item) {}

    private Examples(
            InteractionLog log,
            Instances pool,
            byte[] labels,
            Similarities similarities,
            Optional<Chains> chains,
            IntPredicate found) {
        this.log = log;
        this.pool = pool;
        this.labels = labels;
        this.similarities = similarities;
        this.chains = chains;
        this.byLabel = IntStream.range(0, 2)
                .mapToObj(label -> IntStream.range(0, labels.length)
                        .filter(example -> labels[example] == label && found.test(example))
                        .toArray())
                .toArray(int[][]::new);
    }

    /**
     * A pool of a share of the training samples; which ones depends on the data alone. What belongs together, such as a
     * positive and its negatives, is chosen together.
     *
     * @param vectors one an item
     * @param share of the samples, above 0 to 1
     * @param historyLength how many of the last items make a history
     * @throws InvalidInputException if the pool lacks two samples of each label
     */
    public static Examples of(TrainingData data, VectorColumn vectors, double share, int historyLength) {
        Samples samples = data.training();
        int[] rows = SamplePool.rows(samples, share);
        byte[] labels = new byte[rows.length];
        int positives = 0;
        for (int i = 0; i < rows.length; i++) {
            labels[i] = (byte) samples.label(rows[i]);
            positives += labels[i];
        }
        if (positives < EACH || rows.length - positives < EACH) {
            throw new InvalidInputException(
                    "augmentation.pool",
                    "chooses " + rows.length + " of " + samples.size() + " training samples as examples, " + positives
                            + " of them positive; " + EACH
                            + " of each label are needed: choose a larger share, or more data");
        }
        Instances pool = samples.instances().select(rows);
        return new Examples(
                data.log(),
                pool,
                labels,
                Similarities.of(data.log(), pool, vectors, historyLength),
                Optional.empty(),
                example -> true);
    }

    /** The same pool, whose samples have chains of thought; one that none was written for has zeros. */
    public Examples with(SampleVectors written) {
        return with(Chains.written(written, pool, labels));
    }

    /**
     * The same pool, where directions of the vectors of item and history together stand in for chains of thought.
     *
     * @see org.sllmr.model.schema.KnowledgeSource.Chains#ITEM_TEXTS
     */
    public Examples withItemTexts() {
        return with(Chains.ofItems(similarities, log, pool));
    }

    private Examples with(Chains made) {
        return new Examples(log, pool, labels, similarities, Optional.of(made), example -> true);
    }

    /**
     * The same pool, in which samples of interactions that are not known yet are never found.
     *
     * @param known by user, how many interactions are known, the first ones
     */
    public Examples knowing(IntUnaryOperator known) {
        IntPredicate found = example -> pool.positions()[example] < known.applyAsInt(pool.users()[example]);
        boolean all = IntStream.range(0, pool.size()).allMatch(found);
        return all ? this : new Examples(log, pool, labels, similarities, chains, found);
    }

    /**
     * Copies the chain of thought of a sample of the pool, of length 1 or 0.
     *
     * @throws java.util.NoSuchElementException if the pool has none
     */
    public void chain(int example, float[] target, int at) {
        chains.orElseThrow().copy(example, target, at);
    }

    /** Number of samples in the pool. */
    public int size() {
        return pool.size();
    }

    /** Where the histories of the pool's samples are looked up. */
    public InteractionLog log() {
        return log;
    }

    /** Samples of the pool by their numbers; a row of nobody and nothing for -1. */
    public Instances samples(int[] examples) {
        int[] users = new int[examples.length];
        int[] items = new int[examples.length];
        int[] positions = new int[examples.length];
        for (int i = 0; i < examples.length; i++) {
            int example = examples[i];
            users[i] = example < 0 ? -1 : pool.users()[example];
            items[i] = example < 0 ? -1 : pool.items()[example];
            positions[i] = example < 0 ? 0 : pool.positions()[example];
        }
        return new Instances(users, items, positions);
    }

    /** 1 for a positive of the pool, 0 for a negative. */
    public int label(int example) {
        return labels[example];
    }

    /**
     * The examples of some rows.
     *
     * @param rowLog where the histories of the rows are looked up
     * @return for each row {@link #PER_ROW} numbers of samples of the pool, in a random order that depends on the row
     *     alone; -1 where there are not enough
     */
    public int[] of(InteractionLog rowLog, Instances rows, int from, int to) {
        int[] found = new int[(to - from) * PER_ROW];
        int[] missing = IntStream.range(from, to)
                .filter(row -> !kept.containsKey(key(rows, row)))
                .toArray();
        if (missing.length > 0) {
            search(rowLog, rows.select(missing), found);
        }
        int fresh = 0;
        int[] searched = found.clone();
        for (int row = from; row < to; row++) {
            boolean isNew = fresh < missing.length && missing[fresh] == row;
            int[] examples = isNew
                    ? Arrays.copyOfRange(searched, fresh * PER_ROW, (fresh + 1) * PER_ROW)
                    : Objects.requireNonNull(kept.get(key(rows, row)));
            if (isNew) {
                fresh++;
                if (kept.size() < MOST_KEPT) {
                    kept.put(key(rows, row), examples);
                }
            }
            System.arraycopy(examples, 0, found, (row - from) * PER_ROW, PER_ROW);
        }
        return found;
    }

    private static Row key(Instances rows, int row) {
        return new Row(rows.users()[row], rows.positions()[row], rows.items()[row]);
    }

    private void search(InteractionLog rowLog, Instances rows, int[] found) {
        Similarities.Block block = similarities.block(rowLog, rows);
        for (int row = 0; row < rows.size(); row++) {
            best(block, rows, row, found, row * PER_ROW);
            shuffle(
                    found,
                    row * PER_ROW,
                    order.child(rows.users()[row])
                            .child(rows.positions()[row])
                            .child(rows.items()[row])
                            .generator());
        }
    }

    /** The best of each label; of equal ones the first. */
    private void best(Similarities.Block block, Instances rows, int row, int[] found, int at) {
        int user = rows.users()[row];
        int position = rows.positions()[row];
        float[] ofHistory = block.ofHistory();
        float[] ofItem = block.ofItem();
        int history = block.history(row);
        int item = block.item(row);
        int[] historyOf = similarities.historyOf();
        int[] itemOf = similarities.itemOf();
        float[] best = new float[PER_ROW];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        Arrays.fill(found, at, at + PER_ROW, -1);
        for (int label = 0; label < 2; label++) {
            int last = label * EACH + EACH - 1;
            float least = best[last];
            for (int example : byLabel[label]) {
                // Both cosines weigh a half, so their sum orders alike.
                float similarity = ofHistory[history + historyOf[example]] + ofItem[item + itemOf[example]];
                if (similarity > least && !isLater(example, user, position)) {
                    int place = last;
                    while (place > label * EACH && similarity > best[place - 1]) {
                        best[place] = best[place - 1];
                        found[at + place] = found[at + place - 1];
                        place--;
                    }
                    best[place] = similarity;
                    found[at + place] = example;
                    least = best[last];
                }
            }
        }
    }

    /** Whether an example is the row itself, is of its position, or comes later with the same user. */
    private boolean isLater(int example, int user, int position) {
        return pool.users()[example] == user && pool.positions()[example] >= position;
    }

    private static void shuffle(int[] values, int at, RandomGenerator random) {
        for (int i = PER_ROW - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int value = values[at + i];
            values[at + i] = values[at + other];
            values[at + other] = value;
        }
    }
}
