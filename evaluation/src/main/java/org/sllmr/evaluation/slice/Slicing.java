// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.slice;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sllmr.data.Instances;
import org.sllmr.data.Popularity;
import org.sllmr.data.SampleLists;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.evaluation.Region;
import org.sllmr.evaluation.Slice;
import org.sllmr.evaluation.Slices;

/**
 * A division of samples into parts.
 *
 * @param name the property that divides them, such as {@code history length}
 * @param labels the parts, in order
 * @param partOf part of each row, or -1 if it is in none: {@code [rows]}
 * @param wholeGroups whether a positive and its negatives are always in the same part, so that rankings can be divided
 *     too
 */
public record Slicing(String name, List<String> labels, int[] partOf, boolean wholeGroups) {
    private static final int PARTS = 10;
    private static final int[] LONGEST_HISTORY = {3, 5, 10, 20};
    /** The name of the slicing with all samples in one part. */
    public static final String WHOLE = "all";

    /** Copies the labels. */
    public Slicing {
        labels = List.copyOf(labels);
    }

    /** The rows of a part in rising order. */
    public int[] rows(int part) {
        return IntStream.range(0, partOf.length)
                .filter(row -> partOf[row] == part)
                .toArray();
    }

    /**
     * All slicings: by cold users, long-tail items, long-tail positives, length of the history, popularity of the
     * positive and uncertainty of the model, and by users and items that training does not know if there are any.
     *
     * @param logits one per row of the samples
     */
    public static List<Slicing> all(float[] logits, Samples samples, Slices slices, TrainingData data) {
        SampleLists lists = samples.lists();
        List<Slicing> unknown = Stream.of(
                        halves("user in training", samples, slices, Slice.NEW_USERS, "new", "known", true),
                        halves("item in training", samples, slices, Slice.NEW_ITEMS, "new", "known", false))
                .filter(slicing -> slicing.rows(0).length > 0)
                .toList();
        List<Slicing> all = List.of(
                halves("user", samples, slices, Slice.COLD, "cold", "warm", true),
                byItem(samples, slices),
                halves("positive", samples, slices, Slice.LONG_TAIL_PAIRS, "long-tail", "head", true),
                byHistory(samples),
                byPopularity(samples, data),
                byDecile(
                        "uncertainty",
                        "%.3f",
                        samples,
                        number -> uncertainty(logits, lists.from(number), lists.to(number))));
        return Stream.concat(all.stream(), unknown.stream()).toList();
    }

    /** All samples in one part. */
    public static Slicing whole(Samples samples) {
        return new Slicing(WHOLE, List.of("all samples"), new int[samples.size()], true);
    }

    /**
     * By user and positive: the four regions that a gate distinguishes, with the same names.
     *
     * <p>A gate's settings may define cold users and long-tail items differently; these are the defaults.
     */
    public static Slicing byRegion(Samples samples, Slices slices) {
        Instances instances = samples.instances();
        int[] heads = samples.lists().heads();
        List<Region> regions = List.of(Region.values());
        int[] part = IntStream.range(0, samples.size())
                .map(row -> heads[row] < 0
                        ? -1
                        : regions.indexOf(Region.of(
                                slices.cold()[instances.users()[row]],
                                slices.longTail()[instances.items()[heads[row]]])))
                .toArray();
        List<String> labels = regions.stream().map(Region::label).toList();
        return new Slicing("user and positive", labels, part, true);
    }

    /** By the item of each row, long-tail or head. */
    public static Slicing byItem(Samples samples, Slices slices) {
        return halves("item", samples, slices, Slice.LONG_TAIL, "long-tail", "head", false);
    }

    /**
     * By the item of each row, and by the positive of each group, long-tail or head by the positives of all parts.
     *
     * @param longTail whether each item is long-tail by that count: {@code [items]}
     */
    public static List<Slicing> byItemOfAllParts(Samples samples, boolean[] longTail) {
        Slices slices = new Slices(new boolean[0], longTail);
        return List.of(
                halves("item, by all parts", samples, slices, Slice.LONG_TAIL, "long-tail", "head", false),
                halves("positive, by all parts", samples, slices, Slice.LONG_TAIL_PAIRS, "long-tail", "head", true));
    }

    /** By the number of training positives of the positive, in ten parts. */
    public static Slicing byPopularity(Samples samples, TrainingData data) {
        Popularity popularity = Popularity.of(data);
        int[] items = samples.instances().items();
        SampleLists lists = samples.lists();
        return byDecile("popularity of the positive", "%.0f", samples, number -> {
            int head = lists.head(number);
            return head < 0 ? Double.NaN : popularity.positives(items[head]);
        });
    }

    private static Slicing halves(
            String name, Samples samples, Slices slices, Slice slice, String inside, String outside, boolean groups) {
        int[] part = new int[samples.size()];
        Arrays.fill(part, 1);
        for (int row : slices.rows(slice, samples)) {
            part[row] = 0;
        }
        return new Slicing(name, List.of(inside, outside), part, groups);
    }

    /** By the number of interactions before the sample. */
    public static Slicing byHistory(Samples samples) {
        List<String> labels = new ArrayList<>();
        int from = 0;
        for (int longest : LONGEST_HISTORY) {
            labels.add(from + "-" + longest);
            from = longest + 1;
        }
        labels.add(from + " or more");
        int[] positions = samples.instances().positions();
        int[] part = IntStream.range(0, samples.size())
                .map(row -> (int) Arrays.stream(LONGEST_HISTORY)
                        .filter(longest -> positions[row] > longest)
                        .count())
                .toArray();
        return new Slicing("history length", labels, part, true);
    }

    /**
     * Divides groups into ten parts by a number, lowest first. Groups with the same number stay together in one part,
     * so parts can differ in size or be empty.
     *
     * @param name name of the number
     * @param format how the number is printed
     * @param number the number of each group; a group with NaN is in no part
     */
    public static Slicing byDecile(String name, String format, Samples samples, IntToDoubleFunction number) {
        SampleLists lists = samples.lists();
        double[] numbers = IntStream.range(0, lists.count()).mapToDouble(number).toArray();
        double[] sorted = Arrays.stream(numbers)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double[] lowest = new double[PARTS];
        double[] highest = new double[PARTS];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        int[] partOf = new int[samples.size()];
        for (int group = 0; group < numbers.length; group++) {
            boolean counted = !Double.isNaN(numbers[group]);
            int part = counted ? (int) ((long) PARTS * firstPlace(sorted, numbers[group]) / sorted.length) : -1;
            Arrays.fill(partOf, lists.from(group), lists.to(group), part);
            if (!counted) {
                continue;
            }
            lowest[part] = Math.min(lowest[part], numbers[group]);
            highest[part] = Math.max(highest[part], numbers[group]);
        }
        List<String> labels = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            String range = lowest[part] > highest[part]
                    ? "none"
                    : String.format(
                            Locale.ROOT,
                            format + " to " + format,
                            // Of a double, the last digit may differ between versions of Java.
                            new BigDecimal(lowest[part]),
                            new BigDecimal(highest[part]));
            labels.add((part + 1) + " (" + range + ")");
        }
        return new Slicing(name + ", decile", labels, partOf, true);
    }

    private static int firstPlace(double[] sorted, double number) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Mean over a group of 1 - |2 p - 1|: 1 if the model is undecided, 0 if it is certain. */
    private static double uncertainty(float[] logits, int from, int to) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            sum += 2 * Logistic.sigmoid(-Math.abs(logits[row]));
        }
        return sum / (to - from);
    }
}
