// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.sllmr.teacher.TeacherTable;

/**
 * How well two teachers of a dataset agree on the candidates that both scored.
 *
 * <p>As in training, only comparisons within a user count, so differences in the use of the scale do not matter.
 *
 * @param scoresOfFirst number of scores of the first teacher
 * @param scoresOfSecond number of scores of the second teacher
 * @param common number of candidates that both scored
 * @param commonUsers number of users with at least two of them
 * @param kendallUsers number of users to whom {@code kendall} and {@code spearman} apply: neither teacher gives all
 *     common items the same score
 * @param kendall Kendall's tau-b, mean over these users
 * @param spearman Spearman's rho, mean over these users
 * @param gaps agreement on pairs of a user's common items, by the difference of the first teacher's scores
 */
public record TeacherAgreement(
        int scoresOfFirst,
        int scoresOfSecond,
        int common,
        int commonUsers,
        int kendallUsers,
        OptionalDouble kendall,
        OptionalDouble spearman,
        List<Gap> gaps) {
    private static final double[] BOUNDS = {0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};

    /** Copies the list. */
    public TeacherAgreement {
        gaps = List.copyOf(gaps);
    }

    /**
     * Pairs of items within a range of score differences.
     *
     * @param above the first teacher's scores differ by more than this
     * @param upTo and by at most this
     * @param pairs number of such pairs
     * @param tied how many of them the second teacher gives equal scores
     * @param agreeing how many of them the second teacher orders as the first does
     */
    public record Gap(double above, double upTo, long pairs, long tied, long agreeing) {
        /** Share of pairs in the same order, among those that neither teacher ties; empty if there are none. */
        public OptionalDouble agreement() {
            return pairs == tied ? OptionalDouble.empty() : OptionalDouble.of((double) agreeing / (pairs - tied));
        }
    }

    /**
     * Compares two tables of one dataset.
     *
     * @throws IllegalArgumentException if they have different users
     */
    public static TeacherAgreement of(TeacherTable first, TeacherTable second) {
        if (first.users() != second.users()) {
            throw new IllegalArgumentException(first.users() + " users and " + second.users());
        }
        Sums sums = new Sums();
        for (int user = 0; user < first.users(); user++) {
            sums.add(first, second, user);
        }
        return sums.result(first, second);
    }

    private static final class Sums {
        private final long[] pairs = new long[BOUNDS.length];
        private final long[] tied = new long[BOUNDS.length];
        private final long[] agreeing = new long[BOUNDS.length];
        private int common;
        private int users;
        private int correlated;
        private double kendall;
        private double spearman;

        void add(TeacherTable first, TeacherTable second, int user) {
            float[] one = new float[first.to(user) - first.from(user)];
            float[] other = new float[one.length];
            int shared = 0;
            for (int index = first.from(user); index < first.to(user); index++) {
                int match = second.indexOf(user, first.items()[index]);
                if (match >= 0) {
                    one[shared] = first.scores()[index];
                    other[shared++] = second.scores()[match];
                }
            }
            common += shared;
            if (shared >= 2) {
                users++;
                compare(Arrays.copyOf(one, shared), Arrays.copyOf(other, shared));
            }
        }

        private void compare(float[] one, float[] other) {
            double tau = RankCorrelation.kendall(one, other);
            if (!Double.isNaN(tau)) {
                correlated++;
                kendall += tau;
                spearman += RankCorrelation.spearman(one, other);
            }
            for (int i = 0; i < one.length; i++) {
                for (int j = 0; j < i; j++) {
                    float difference = one[i] - one[j];
                    if (difference != 0) {
                        int bin = bin(Math.abs(difference));
                        pairs[bin]++;
                        tied[bin] += other[i] == other[j] ? 1 : 0;
                        agreeing[bin] += difference * (other[i] - other[j]) > 0 ? 1 : 0;
                    }
                }
            }
        }

        private static int bin(double gap) {
            int bin = 1;
            while (bin < BOUNDS.length - 1 && gap > BOUNDS[bin]) {
                bin++;
            }
            return bin;
        }

        TeacherAgreement result(TeacherTable first, TeacherTable second) {
            List<Gap> gaps = new ArrayList<>();
            for (int bin = 1; bin < BOUNDS.length; bin++) {
                gaps.add(new Gap(BOUNDS[bin - 1], BOUNDS[bin], pairs[bin], tied[bin], agreeing[bin]));
            }
            return new TeacherAgreement(
                    first.size(), second.size(), common, users, correlated, mean(kendall), mean(spearman), gaps);
        }

        private OptionalDouble mean(double sum) {
            return correlated == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / correlated);
        }
    }
}
