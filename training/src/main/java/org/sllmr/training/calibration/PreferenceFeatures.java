// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sllmr.teacher.blend.BlendFormula;

/**
 * The features of one item for one user: model, popularity and teacher.
 *
 * <p>Where the teacher is not used, mean values stand in for its score and the score's square: those of the item's
 * stratum, so that the order of items within it and its level beside other strata are those of model and popularity; and
 * one value for all items of a user for whom it is not used.
 */
final class PreferenceFeatures {
    /** Names of all features; those of the teacher come last. */
    static final List<String> NAMES = List.of("model", "popularity", "popularity square", "teacher", "teacher square");

    /** Number of features without the teacher's. */
    static final int WITHOUT_TEACHER = 3;

    private final double[] logPopularity;
    private final Strata strata;
    private final Map<Stratum, Mean> means = new EnumMap<>(Stratum.class);
    private final Mean all = new Mean();

    PreferenceFeatures(double[] logPopularity, Strata strata) {
        this.logPopularity = logPopularity;
        this.strata = strata;
        for (Stratum stratum : Stratum.values()) {
            means.put(stratum, new Mean());
        }
    }

    /** Takes the scores that mean values are of: those of the compared rows. */
    void observe(Comparisons comparisons) {
        for (int row = 0; row < comparisons.taken().length; row++) {
            double score = comparisons.scores()[row];
            all.add(score);
            mean(strata.ofItem(comparisons.rows().items()[row])).add(score);
        }
    }

    private Mean mean(Stratum stratum) {
        return means.getOrDefault(stratum, all);
    }

    /** Whether the teacher counts for a user's item. */
    boolean uses(Set<Stratum> used, int user, int item) {
        return used.contains(strata.ofUser(user)) && used.contains(strata.ofItem(item));
    }

    /** The strata of which a comparison has a user or item. */
    EnumSet<Stratum> touched(int user, int item, int other) {
        return EnumSet.of(strata.ofUser(user), strata.ofItem(item), strata.ofItem(other));
    }

    /**
     * The features.
     *
     * @param used strata in which the teacher's score counts
     * @param features written from the first on, as many as it holds
     */
    void read(Set<Stratum> used, int user, int item, float score, float logit, double[] features) {
        BlendFormula.readTerms(logit, logPopularity[item], features);
        if (features.length == WITHOUT_TEACHER) {
            return;
        }
        if (uses(used, user, item)) {
            features[3] = score;
            features[4] = (double) score * score;
        } else {
            Mean mean = used.contains(strata.ofUser(user)) ? mean(strata.ofItem(item)) : all;
            features[3] = mean.value();
            features[4] = mean.square();
        }
    }

    /** Whether an item is as rare as a long-tail item, counted without the held-out interactions. */
    boolean longTail(int item) {
        return strata.ofItem(item) == Stratum.LONG_TAIL;
    }

    private static final class Mean {
        private double sum;
        private double squares;
        private int count;

        void add(double score) {
            sum += score;
            squares += score * score;
            count++;
        }

        double value() {
            return sum / Math.max(1, count);
        }

        double square() {
            return squares / Math.max(1, count);
        }
    }
}
