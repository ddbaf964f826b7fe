// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.describe;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Column;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.store.Dataset;
import org.sllmr.data.store.Manifest;

/**
 * Statistics of a dataset; the components are the keys of {@code sllmr data describe --json}.
 *
 * @param name name of the dataset
 * @param hash content hash of the dataset
 * @param users number of users
 * @param items number of items
 * @param interactions number of interactions, validation and test included
 * @param trainingSamples training samples, positives and negatives
 * @param validationSamples validation samples, positives and negatives
 * @param testSamples test samples, positives and negatives
 * @param coldTrainingSamples training samples whose history holds at most 3 items
 * @param coldUsers users with at most 3 training interactions
 * @param longTailItems items in the long tail ({@link Popularity#longTailItems})
 * @param tailShares how much of the positives is long-tail
 * @param itemsWithoutTraining items without a training positive
 * @param itemsWithoutText items whose texts are all empty; all of them where there are no texts
 * @param heldOutNegatives how much the stored training negatives reveal about held-out items
 * @param partsBy what decided on the parts, such as {@code leave-one-out} or {@code time}
 * @param parts the parts, and how much of them training knows
 * @param overlap how far training reaches into the time of the test part
 * @param repeats interactions with items that the user had interacted with before
 * @param density number of distinct (user, item) combinations among the interactions, divided by users times items
 * @param historyLength interactions of a user, validation and test included
 * @param firstTime first time, seconds since 1970; the smallest long if no interaction has a time
 * @param lastTime last time, seconds since 1970; the smallest long if no interaction has a time
 * @param fields all fields of users, items and interactions
 * @param numbers all numeric fields of users, items and interactions
 * @param vectors the vectors of users and items
 */
public record Statistics(
        String name,
        String hash,
        int users,
        int items,
        int interactions,
        int trainingSamples,
        int validationSamples,
        int testSamples,
        int coldTrainingSamples,
        int coldUsers,
        int longTailItems,
        TailShares tailShares,
        int itemsWithoutTraining,
        int itemsWithoutText,
        HeldOutNegatives heldOutNegatives,
        String partsBy,
        List<PartFacts> parts,
        Overlap overlap,
        Repeats repeats,
        double density,
        Quantiles historyLength,
        long firstTime,
        long lastTime,
        List<Field> fields,
        List<NumberField> numbers,
        List<VectorField> vectors) {
    private static final int COLD_HISTORY = 3;

    /** Copies the lists. */
    public Statistics {
        parts = List.copyOf(parts);
        fields = List.copyOf(fields);
        numbers = List.copyOf(numbers);
        vectors = List.copyOf(vectors);
    }

    /**
     * Quantiles of a count: the smallest value such that at least the given share of the values is no larger.
     *
     * @param least smallest value
     * @param quarter first quartile
     * @param median median
     * @param threeQuarters third quartile
     * @param ninetyPercent ninth decile
     * @param greatest largest value
     * @param mean arithmetic mean
     */
    public record Quantiles(
            int least, int quarter, int median, int threeQuarters, int ninetyPercent, int greatest, double mean) {}

    /**
     * A categorical field.
     *
     * @param side {@code user}, {@code item} or {@code context}
     * @param name name of the field
     * @param values number of different values
     * @param coverage share of rows with at least one value, 0 to 1
     * @param widest largest number of values of a row
     */
    public record Field(String side, String name, int values, double coverage, int widest) {}

    /** Counts. */
    public static Statistics of(Dataset dataset) {
        TrainingData data = dataset.trainingData();
        Manifest.Counts counts = dataset.manifest().counts();
        Popularity popularity = Popularity.of(data);
        Repeats repeats = Repeats.of(dataset);
        return new Statistics(
                data.name(),
                data.hash(),
                counts.users(),
                counts.items(),
                counts.interactions(),
                data.training().size(),
                data.validation().samples().size(),
                dataset.testData().test().size(),
                coldSamples(data.training()),
                count(ColdUsers.of(data)),
                popularity.longTailItems().length,
                TailShares.of(dataset),
                (int) Arrays.stream(popularity.positives()).filter(n -> n == 0).count(),
                counts.itemsWithoutText(),
                HeldOutNegatives.of(dataset),
                dataset.partsBy(),
                PartFacts.of(dataset),
                Overlap.of(dataset),
                repeats,
                (counts.interactions() - repeats.interactions()) / ((double) counts.users() * counts.items()),
                historyLength(dataset.historyLengths()),
                counts.earliest(),
                counts.latest(),
                Stream.of(
                                fields("user", data.userFields()),
                                fields("item", data.catalogue().fields()),
                                fields("context", data.contextFields()))
                        .flatMap(List::stream)
                        .toList(),
                Stream.of(
                                numbers("user", data.numeric().userNumbers()),
                                numbers("item", data.catalogue().numbers()),
                                numbers("context", data.numeric().contextNumbers()))
                        .flatMap(List::stream)
                        .toList(),
                Stream.of(
                                vectors("user", data.numeric().userVectors()),
                                vectors("item", data.catalogue().vectors()))
                        .flatMap(List::stream)
                        .toList());
    }

    private static List<NumberField> numbers(String side, List<NumberColumn> columns) {
        return columns.stream().map(column -> NumberField.of(side, column)).toList();
    }

    private static List<VectorField> vectors(String side, List<VectorColumn> columns) {
        return columns.stream().map(column -> VectorField.of(side, column)).toList();
    }

    private static int coldSamples(Samples samples) {
        int cold = 0;
        for (int position : samples.instances().positions()) {
            cold += position <= COLD_HISTORY ? 1 : 0;
        }
        return cold;
    }

    private static int count(boolean[] mask) {
        int count = 0;
        for (boolean one : mask) {
            count += one ? 1 : 0;
        }
        return count;
    }

    private static Quantiles historyLength(int[] lengths) {
        Arrays.sort(lengths);
        return new Quantiles(
                lengths[0],
                quantile(lengths, 0.25),
                quantile(lengths, 0.5),
                quantile(lengths, 0.75),
                quantile(lengths, 0.9),
                lengths[lengths.length - 1],
                Arrays.stream(lengths).average().orElse(0));
    }

    private static int quantile(int[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private static List<Field> fields(String side, List<Column> columns) {
        return columns.stream().map(column -> field(side, column)).toList();
    }

    private static Field field(String side, Column column) {
        int filled = 0;
        for (int row = 0; row < column.rows(); row++) {
            filled += column.offsets()[row + 1] > column.offsets()[row] ? 1 : 0;
        }
        return new Field(
                side,
                column.name(),
                column.vocabulary().size(),
                column.rows() == 0 ? 0 : (double) filled / column.rows(),
                column.widest());
    }
}
