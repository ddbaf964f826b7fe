// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.model.RequestScorer;
import org.sllmr.model.schema.GivenValues;

/** Requests whose scores are kept, so that a bundle is known to score elsewhere as it did where it was written. */
final class GoldenScores {
    private static final int CASES = 6;
    private static final int ITEMS = 20;
    private static final int HISTORY = 12;

    private GoldenScores() {}

    /** Requests of drawn users, histories and items, which tell nothing of real ones. */
    static Documents.Golden of(RequestScorer scorer, int users, int items) {
        RandomGenerator random = new Seed(1).child("golden requests").generator();
        List<Documents.Golden.Case> cases = new ArrayList<>();
        for (int i = 0; i < CASES && items > 0; i++) {
            int user = i % 3 == 0 || users == 0 ? -1 : random.nextInt(users);
            int[] history = random.ints(i * HISTORY / (CASES - 1), 0, items).toArray();
            int[] asked = random.ints(0, items)
                    .distinct()
                    .limit(Math.min(ITEMS, items))
                    .toArray();
            cases.add(new Documents.Golden.Case(
                    user, list(history), list(asked), list(bits(scorer, i, user, history, asked))));
        }
        return new Documents.Golden(cases);
    }

    /**
     * Requires that all requests get the scores that were kept.
     *
     * @throws InvalidInputException naming the first one that does not
     */
    static void check(String file, Documents.Golden golden, RequestScorer scorer, int users, int items) {
        for (int i = 0; i < golden.cases().size(); i++) {
            Documents.Golden.Case one = golden.cases().get(i);
            int[] history = array(one.history());
            int[] asked = array(one.items());
            if (one.user() >= users
                    || IntStream.concat(Arrays.stream(history), Arrays.stream(asked))
                            .anyMatch(item -> item < 0 || item >= items)) {
                throw new InvalidInputException(file, "asks for items or users that the bundle has not");
            }
            int[] found = bits(scorer, i, one.user(), history, asked);
            if (!Arrays.equals(found, array(one.bits()))) {
                int at = Arrays.mismatch(found, array(one.bits()));
                throw new InvalidInputException(
                        file,
                        "request " + (i + 1) + " of " + golden.cases().size() + " does not get the scores that it had"
                                + " where the bundle was written: item "
                                + one.items().get(at) + " gets "
                                + Float.intBitsToFloat(found[at]) + ", and had "
                                + Float.intBitsToFloat(one.bits().get(at))
                                + "; this program or this Java computes differently, so use the program that wrote it");
            }
        }
    }

    /** The first request goes through the whole catalogue, the others ask for their items. */
    private static int[] bits(RequestScorer scorer, int number, int user, int[] history, int[] asked) {
        RequestScorer.Request request =
                new RequestScorer.Request(user, history, GivenValues.NONE, GivenValues.NONE, List.of());
        float[] scores;
        if (number == 0) {
            float[] all = scorer.all(request);
            scores = new float[asked.length];
            for (int i = 0; i < asked.length; i++) {
                scores[i] = all[asked[i]];
            }
        } else {
            scores = scorer.some(request, asked);
        }
        return IntStream.range(0, scores.length)
                .map(i -> Float.floatToRawIntBits(scores[i]))
                .toArray();
    }

    private static List<Integer> list(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static int[] array(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
