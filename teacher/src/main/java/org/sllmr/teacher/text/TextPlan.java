// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.SamplePool;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.ColumnFile;
import org.sllmr.data.file.Sha256;

/**
 * The texts that a language model is asked for: one a subject.
 *
 * @param origin what the plan was made from
 * @param subjects what the texts are about
 */
public record TextPlan(Origin origin, TextSubjects subjects) {
    private static final ColumnFile.Format FORMAT = new ColumnFile.Format(
            "sllmr text plan", 1, "ask for the texts in a new store: the same settings make the same plan");

    /**
     * What a plan was made from.
     *
     * @param kind what the texts are about
     * @param dataset name of the dataset
     * @param datasetHash its content hash
     * @param seed of the order in which the subjects are asked about
     * @param share of each user's training interactions, or of the training samples, that the plan was made with; 1 for
     *     items
     */
    public record Origin(TextKind kind, String dataset, String datasetHash, long seed, double share) {}

    /** Every item. */
    public static TextPlan ofItems(TrainingData data, long seed) {
        int size = data.catalogue().size();
        int[] nobody = new int[size];
        Arrays.fill(nobody, -1);
        TextSubjects subjects =
                new TextSubjects(nobody, IntStream.range(0, size).toArray(), new int[size], new byte[size]);
        return new TextPlan(origin(TextKind.ITEM_KNOWLEDGE, data, seed, 1), subjects);
    }

    /**
     * Every user with a training interaction.
     *
     * <p>A text is made from a user's first training interactions, and is for rows after them alone. So no row sees a text
     * that was made from what the row is to predict.
     *
     * @param share of a user's training interactions that the text is made from, above 0 to 1, rounded up
     */
    public static TextPlan ofUsers(TrainingData data, double share, long seed) {
        int[] users = IntStream.range(0, data.log().users())
                .filter(user -> data.log().length(user) > 0)
                .toArray();
        int[] nothing = new int[users.length];
        Arrays.fill(nothing, -1);
        int[] positions = Arrays.stream(users)
                .map(user -> (int) Math.ceil(data.log().length(user) * share))
                .toArray();
        TextSubjects subjects = new TextSubjects(users, nothing, positions, new byte[users.length]);
        return new TextPlan(origin(TextKind.USER_KNOWLEDGE, data, seed, share), subjects);
    }

    /**
     * The training samples that serve others as examples.
     *
     * @param share of the training samples, above 0 to 1
     */
    public static TextPlan ofSamples(TrainingData data, double share, long seed) {
        Samples samples = data.training();
        Instances rows = samples.instances();
        Comparator<Integer> order = Comparator.<Integer>comparingInt(row -> rows.users()[row])
                .thenComparingInt(row -> rows.positions()[row])
                .thenComparingInt(row -> rows.items()[row])
                .thenComparingInt(samples::label);
        int[] chosen = Arrays.stream(SamplePool.rows(samples, share))
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
        // A negative may have been drawn twice for a positive.
        int[] distinct = IntStream.range(0, chosen.length)
                .filter(at -> at == 0 || order.compare(chosen[at - 1], chosen[at]) != 0)
                .map(at -> chosen[at])
                .toArray();
        byte[] labels = new byte[distinct.length];
        for (int at = 0; at < labels.length; at++) {
            labels[at] = (byte) samples.label(distinct[at]);
        }
        Instances selected = rows.select(distinct);
        return new TextPlan(
                origin(TextKind.CHAIN_OF_THOUGHT, data, seed, share),
                new TextSubjects(selected.users(), selected.items(), selected.positions(), labels));
    }

    private static Origin origin(TextKind kind, TrainingData data, long seed, double share) {
        return new Origin(kind, data.name(), data.hash(), seed, share);
    }

    /** What the texts are about. */
    public TextKind kind() {
        return origin.kind();
    }

    /** Number of texts. */
    public int size() {
        return subjects.size();
    }

    /** Hash of its dataset, kind and subjects. */
    public String hash() {
        Sha256 hash = new Sha256().add(origin.datasetHash()).add(kind().toString());
        subjects.addTo(hash);
        return hash.hex();
    }

    /**
     * The training interactions that each text may be made from.
     *
     * @throws IllegalArgumentException if the plan is not for this data
     */
    public TextHistories histories(TrainingData data) {
        return new TextHistories(this, data);
    }

    /** Writes the plan to a file, whole or not at all. */
    public void write(Path file) throws IOException {
        ColumnFile.write(file, FORMAT, origin, TextTable.columns(subjects));
    }

    /**
     * Reads a plan.
     *
     * @throws InvalidInputException if the file is damaged or not a plan
     */
    public static TextPlan read(Path file) throws IOException {
        ColumnFile.Contents<Origin> contents = ColumnFile.read(
                file,
                FORMAT,
                Origin.class,
                List.of(ColumnFile.Type.INTS, ColumnFile.Type.INTS, ColumnFile.Type.INTS, ColumnFile.Type.BYTES));
        try {
            return new TextPlan(
                    contents.header(),
                    new TextSubjects(contents.ints(0), contents.ints(1), contents.ints(2), contents.bytes(3)));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    file.toString(), "is not a plan: " + e.getMessage() + "; " + FORMAT.remedy());
        }
    }
}
