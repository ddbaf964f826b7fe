// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.tuned;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumericInputs;
import org.sllmr.data.Part;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.teacher.vector.Embeddings;

/**
 * What a tuned teacher is trained on: training samples of the users that are not held out, and items with nothing but the
 * vectors of their texts.
 *
 * <p>A held-out user has no interactions and no samples. Of a share of the other users, the last training interaction is not
 * trained on but judges the epochs, because the dataset's own validation samples are not the teacher's to see.
 */
final class TunedData {
    /** Name of the vectors. */
    static final String TEXT = "text";

    private static final int NONE = Integer.MAX_VALUE;

    private TunedData() {}

    /**
     * The data.
     *
     * @param heldOut whether each user is held out: {@code [users]}
     * @param judged share of the users that judge epochs
     * @param seed decides which of the users these are
     * @throws InvalidInputException if too few users are left
     */
    static TrainingData of(TrainingData data, Embeddings texts, boolean[] heldOut, double judged, Seed seed) {
        int[] judgedFrom = judgedFrom(data, heldOut, judged, seed);
        InteractionLog log = data.log();
        Instances rows = data.training().instances();
        Samples training = data.training().select(rows(rows, heldOut, judgedFrom, false));
        Samples judging = data.training().select(rows(rows, heldOut, judgedFrom, true));
        if (training.positives() == 0 || judging.positives() == 0) {
            throw new InvalidInputException(
                    "dataset '" + data.name() + "'",
                    "has too few users with two training interactions that are not held out: " + training.positives()
                            + " positives are left to train the teacher and " + judging.positives()
                            + " to say when training ends; set tuned.judged higher or plan.heldOut.share lower, or"
                            + " use the embedding teacher");
        }
        return new TrainingData(
                data.name(),
                data.hash(),
                log.keepFirst(lengths(log, heldOut, judgedFrom)),
                new Catalogue(
                        data.catalogue().ids(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new VectorColumn(TEXT, texts.dimension(), texts.values(), ""))),
                data.userIds(),
                List.of(),
                List.of(),
                training,
                new Part(
                        log.keepFirst(lengths(
                                log,
                                heldOut,
                                IntStream.generate(() -> NONE)
                                        .limit(log.users())
                                        .toArray())),
                        judging),
                Optional.empty(),
                NumericInputs.NONE);
    }

    /** For each user who judges epochs the position of its last positive, if it has earlier samples; for others none. */
    private static int[] judgedFrom(TrainingData data, boolean[] heldOut, double share, Seed seed) {
        Samples samples = data.training();
        Instances rows = samples.instances();
        int[] first = new int[heldOut.length];
        int[] last = new int[heldOut.length];
        Arrays.fill(first, NONE);
        Arrays.fill(last, NONE);
        for (int row = 0; row < rows.size(); row++) {
            int user = rows.users()[row];
            int position = rows.positions()[row];
            first[user] = Math.min(first[user], position);
            // Rows of a user are by rising position.
            last[user] = samples.label(row) == 1 ? position : last[user];
        }
        int[] usable = IntStream.range(0, heldOut.length)
                .filter(user -> !heldOut[user] && last[user] != NONE && first[user] < last[user])
                .boxed()
                .sorted(Comparator.comparingDouble(
                        user -> seed.child(user).generator().nextDouble()))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] from = new int[heldOut.length];
        Arrays.fill(from, NONE);
        for (int index = 0; index < Math.ceil(share * usable.length); index++) {
            from[usable[index]] = last[usable[index]];
        }
        return from;
    }

    private static int[] rows(Instances rows, boolean[] heldOut, int[] judgedFrom, boolean judging) {
        return IntStream.range(0, rows.size())
                .filter(row -> !heldOut[rows.users()[row]])
                .filter(row -> judging == (rows.positions()[row] >= judgedFrom[rows.users()[row]]))
                .toArray();
    }

    private static int[] lengths(InteractionLog log, boolean[] heldOut, int[] most) {
        return IntStream.range(0, log.users())
                .map(user -> heldOut[user] ? 0 : Math.min(log.length(user), most[user]))
                .toArray();
    }
}
