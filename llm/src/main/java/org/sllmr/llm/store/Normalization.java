// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.util.Arrays;
import org.sllmr.configuration.Checks;

/** Makes scores of different users comparable; keeps the order of a user's scores. */
public sealed interface Normalization {
    /** Name in settings and results. */
    String name();

    /**
     * Normalizes the scores of a user.
     *
     * @param scores in [0, 1]; replaced at {@code [from, to)} by values in [0, 1]
     */
    void apply(float[] scores, int from, int to);

    /** Keeps the model's scores. */
    record None() implements Normalization {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public void apply(float[] scores, int from, int to) {}
    }

    /** (s - least) / (greatest - least), for models that use only part of the range; 0.5 if all are equal. */
    record MinMax() implements Normalization {
        @Override
        public String name() {
            return "min-max";
        }

        @Override
        public void apply(float[] scores, int from, int to) {
            float least = Float.POSITIVE_INFINITY;
            float greatest = Float.NEGATIVE_INFINITY;
            for (int index = from; index < to; index++) {
                least = Math.min(least, scores[index]);
                greatest = Math.max(greatest, scores[index]);
            }
            for (int index = from; index < to; index++) {
                scores[index] = greatest > least ? (scores[index] - least) / (greatest - least) : 0.5f;
            }
        }
    }

    /** Rank from the lowest, divided by the number of scores minus 1; equal scores have their mean rank. */
    record Rank() implements Normalization {
        @Override
        public String name() {
            return "rank";
        }

        @Override
        public void apply(float[] scores, int from, int to) {
            float[] sorted = Arrays.copyOfRange(scores, from, to);
            Arrays.sort(sorted);
            for (int index = from; index < to; index++) {
                int first = first(sorted, scores[index]);
                int last = first;
                while (last + 1 < sorted.length && sorted[last + 1] == scores[index]) {
                    last++;
                }
                scores[index] = sorted.length == 1 ? 0.5f : (first + last) / 2f / (sorted.length - 1);
            }
        }

        private static int first(float[] sorted, float score) {
            int at = Arrays.binarySearch(sorted, score);
            while (at > 0 && sorted[at - 1] == score) {
                at--;
            }
            return at;
        }
    }

    /**
     * exp((s - greatest) / temperature): a softmax (Section 3.1's temperature-scaled scores) over the user's scores,
     * divided by its largest value so that the number of candidates does not matter.
     *
     * @param temperature above 0 up to 100; low values separate the best item from all others
     */
    record Temperature(double temperature) implements Normalization {
        /** Checks the range. */
        public Temperature {
            new Checks().aboveUpTo("temperature", temperature, 0, 100).done();
        }

        /** 0.2. */
        public static Temperature defaults() {
            return new Temperature(0.2);
        }

        @Override
        public String name() {
            return "temperature " + temperature;
        }

        @Override
        public void apply(float[] scores, int from, int to) {
            float greatest = 0;
            for (int index = from; index < to; index++) {
                greatest = Math.max(greatest, scores[index]);
            }
            for (int index = from; index < to; index++) {
                scores[index] = (float) StrictMath.exp((scores[index] - greatest) / temperature);
            }
        }
    }
}
