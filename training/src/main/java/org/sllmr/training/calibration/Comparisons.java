// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.SampleLists;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/**
 * Held-out interactions to fit on: for each held-out user the item taken, and other items to compare it with, each with
 * the teacher's score; and the lists of the data's calibration part, each positive with the negatives of its list.
 *
 * @param rows user by user, the item taken first, then those it is compared with; all at the position of the item
 *     taken, so the history ends before it
 * @param scores teacher score of each row, in [0, 1]: {@code [rows]}
 * @param taken for each row, the row of the item taken that it is compared with; its own row for an item taken: {@code
 *     [rows]}
 * @param trained how many of the first rows are of held-out users, whose items taken are training interactions; those
 *     of the calibration part are not
 */
public record Comparisons(Instances rows, float[] scores, int[] taken, int trained) {
    /**
     * The comparisons of a table's held-out users, in the order of users and items, then those of the calibration part in
     * its order.
     *
     * <p>An item without a score is left out, and so is a user whose item taken has none.
     */
    public static Comparisons of(TrainingData data, TeacherTable teacher) {
        InteractionLog log = data.log();
        boolean[] heldOut = teacher.heldOut();
        Builder builder = new Builder(teacher);
        for (int user = 0; user < heldOut.length; user++) {
            int last = log.length(user) - 1;
            if (heldOut[user] && last >= 1) {
                int itemTaken = teacher.indexOf(user, log.item(user, last));
                if (itemTaken >= 0) {
                    builder.add(user, last, itemTaken);
                }
            }
        }
        int trained = builder.size;
        data.calibration().ifPresent(samples -> addLists(samples, builder));
        return builder.build(trained);
    }

    /**
     * Comparisons within the lists of samples, and which of the samples their rows are.
     *
     * @param comparisons none of their items taken are training interactions
     * @param rows the sample of each row of the comparisons
     */
    public record OfLists(Comparisons comparisons, int[] rows) {
        /** Those of {@link Comparisons#ofSeenItems}. */
        public OfLists ofSeenItems(TrainingData data) {
            return new OfLists(comparisons.ofSeenItems(data), pick(rows, comparisons.rowsOfSeenItems(data)));
        }
    }

    /**
     * Each positive with the negatives of its list; where lists are not known, with those negatives of its user that are
     * nearest to it ({@link SampleLists#comparedWith}).
     *
     * @param scores the teacher's score of each sample, NaN for none, which is left out: {@code [samples]}
     */
    public static OfLists ofLists(Samples samples, float[] scores) {
        Instances all = samples.instances();
        SampleLists lists = samples.lists();
        List<int[]> kept = new ArrayList<>();
        if (lists.known()) {
            for (int list = 0; list < lists.count(); list++) {
                int[] negatives = scored(samples, scores, 0, lists.from(list), lists.to(list));
                for (int row : scored(samples, scores, 1, lists.from(list), lists.to(list))) {
                    add(kept, row, negatives);
                }
            }
        } else {
            int[] positives = lists.comparedWith();
            Map<Integer, List<Integer>> nearest = Arrays.stream(scored(samples, scores, 0, 0, samples.size()))
                    .boxed()
                    .collect(Collectors.groupingBy(row -> positives[row]));
            for (int row : scored(samples, scores, 1, 0, samples.size())) {
                add(
                        kept,
                        row,
                        nearest.getOrDefault(row, List.of()).stream()
                                .mapToInt(Integer::intValue)
                                .toArray());
            }
        }
        int[] rows = kept.stream().mapToInt(pair -> pair[0]).toArray();
        float[] taught = new float[rows.length];
        for (int index = 0; index < rows.length; index++) {
            taught[index] = scores[rows[index]];
        }
        return new OfLists(
                new Comparisons(
                        new Instances(
                                Arrays.stream(rows).map(row -> all.users()[row]).toArray(),
                                Arrays.stream(rows).map(row -> all.items()[row]).toArray(),
                                Arrays.stream(rows)
                                        .map(row -> all.positions()[row])
                                        .toArray()),
                        taught,
                        kept.stream().mapToInt(pair -> pair[1]).toArray(),
                        0),
                rows);
    }

    /** The rows with a label and a score among some. */
    private static int[] scored(Samples samples, float[] scores, int label, int from, int to) {
        return IntStream.range(from, to)
                .filter(row -> samples.label(row) == label && !Float.isNaN(scores[row]))
                .toArray();
    }

    private static void add(List<int[]> kept, int positive, int[] negatives) {
        int first = kept.size();
        kept.add(new int[] {positive, first});
        for (int negative : negatives) {
            kept.add(new int[] {negative, first});
        }
    }

    private static void addLists(Samples samples, Builder builder) {
        SampleLists lists = samples.lists();
        for (int list = 0; list < lists.count(); list++) {
            for (int row = lists.from(list); row < lists.to(list); row++) {
                if (samples.label(row) == 1 && builder.scored(samples, row) >= 0) {
                    int first = builder.size;
                    builder.add(samples, row, first);
                    for (int other = lists.from(list); other < lists.to(list); other++) {
                        if (samples.label(other) == 0 && builder.scored(samples, other) >= 0) {
                            builder.add(samples, other, first);
                        }
                    }
                }
            }
        }
    }

    /** Number of comparisons: rows other than those of items taken. */
    public int size() {
        int size = 0;
        for (int row = 0; row < taken.length; row++) {
            size += taken[row] == row ? 0 : 1;
        }
        return size;
    }

    /** Those among items that others have taken too; the rest says nothing where new items count as average. */
    public Comparisons ofSeenItems(TrainingData data) {
        return of(rowsOfSeenItems(data));
    }

    private int[] rowsOfSeenItems(TrainingData data) {
        int[] positives = positives(data);
        int[] items = rows.items();
        return IntStream.range(0, taken.length)
                .filter(row -> positives[items[row]] > 0 && positives[items[taken[row]]] > 0)
                .toArray();
    }

    /** The comparisons of at most so many users, evenly spaced. */
    Comparisons ofUsers(int most) {
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        int[] numberOf = new int[taken.length];
        for (int row = 0; row < numberOf.length; row++) {
            numberOf[row] = numbers.computeIfAbsent(rows.users()[row], user -> numbers.size());
        }
        int step = Math.max(1, (numbers.size() + most - 1) / most);
        int[] kept = IntStream.range(0, taken.length)
                .filter(row -> numberOf[row] % step == 0)
                .toArray();
        return of(kept);
    }

    /** Some of the rows, and with each the item taken that it is compared with. */
    private Comparisons of(int[] kept) {
        int[] renumbered = new int[taken.length];
        float[] keptScores = new float[kept.length];
        for (int index = 0; index < kept.length; index++) {
            renumbered[kept[index]] = index;
            keptScores[index] = scores[kept[index]];
        }
        return new Comparisons(
                new Instances(pick(rows.users(), kept), pick(rows.items(), kept), pick(rows.positions(), kept)),
                keptScores,
                Arrays.stream(kept).map(row -> renumbered[taken[row]]).toArray(),
                (int) Arrays.stream(kept).filter(row -> row < trained).count());
    }

    private static int[] pick(int[] values, int[] rows) {
        return Arrays.stream(rows).map(row -> values[row]).toArray();
    }

    /**
     * log(1 + training positives) of each item, counted without the held-out interactions: with them, an item taken
     * would always have a count of at least 1, which would give it away among rare items.
     */
    double[] logPopularity(TrainingData data) {
        return logPopularity(data, NewItems.UNPOPULAR);
    }

    /** The same, where new items may count as average. */
    double[] logPopularity(TrainingData data, NewItems newItems) {
        int[] positives = positives(data);
        double[] logarithms = new double[positives.length];
        for (int item = 0; item < positives.length; item++) {
            logarithms[item] = StrictMath.log1p(positives[item]);
        }
        int[] all = Popularity.of(data).positives();
        double ofNew = newItems.logPopularity(logarithms, all);
        for (int item = 0; item < logarithms.length; item++) {
            logarithms[item] = all[item] > 0 ? logarithms[item] : ofNew;
        }
        return logarithms;
    }

    /** Training positives of each item without the held-out interactions. */
    private int[] positives(TrainingData data) {
        int[] positives = Popularity.of(data).positives();
        for (int row = 0; row < trained; row++) {
            if (taken[row] == row) {
                positives[rows.items()[row]]--;
            }
        }
        return positives;
    }

    private static final class Builder {
        private final TeacherTable teacher;
        private int[] users = new int[1024];
        private int[] items = new int[1024];
        private int[] positions = new int[1024];
        private float[] scores = new float[1024];
        private int[] taken = new int[1024];
        private int size;

        Builder(TeacherTable teacher) {
            this.teacher = teacher;
        }

        /** The index of a sample's score in the table, or -1. */
        int scored(Samples samples, int row) {
            return teacher.indexOf(
                    samples.instances().users()[row], samples.instances().items()[row]);
        }

        void add(Samples samples, int row, int comparedWith) {
            add(
                    samples.instances().users()[row],
                    samples.instances().positions()[row],
                    scored(samples, row),
                    comparedWith);
        }

        /** Adds the rows of a user who took the item at index {@code itemTaken} of the table. */
        void add(int user, int position, int itemTaken) {
            int first = size;
            add(user, position, itemTaken, first);
            for (int index = teacher.from(user); index < teacher.to(user); index++) {
                if (index != itemTaken) {
                    add(user, position, index, first);
                }
            }
        }

        private void add(int user, int position, int index, int comparedWith) {
            if (size == users.length) {
                grow();
            }
            users[size] = user;
            items[size] = teacher.items()[index];
            positions[size] = position;
            scores[size] = teacher.scores()[index];
            taken[size++] = comparedWith;
        }

        private void grow() {
            int larger = ArraySize.grown(
                    size, size + 1L, "teacher scores", "comparisons", "hold out, or list, fewer users or candidates");
            users = Arrays.copyOf(users, larger);
            items = Arrays.copyOf(items, larger);
            positions = Arrays.copyOf(positions, larger);
            scores = Arrays.copyOf(scores, larger);
            taken = Arrays.copyOf(taken, larger);
        }

        Comparisons build(int trained) {
            return new Comparisons(
                    new Instances(
                            Arrays.copyOf(users, size), Arrays.copyOf(items, size), Arrays.copyOf(positions, size)),
                    Arrays.copyOf(scores, size),
                    Arrays.copyOf(taken, size),
                    trained);
        }
    }
}
