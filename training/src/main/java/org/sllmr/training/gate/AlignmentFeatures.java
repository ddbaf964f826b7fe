// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.List;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherSpread;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Supervision;

/** Features of a pair (u, i, j): the paper's three signals and continuous ones, all of similar scale. */
final class AlignmentFeatures {
    /** Names of the features; i is the item that the teacher prefers. */
    static final List<String> NAMES = List.of(
            "bias",
            "cold",
            "tail of i",
            "tail of j",
            "uncertainty",
            "history",
            "popularity",
            "popularity difference",
            "teacher difference",
            "teacher relative",
            "model difference");

    /**
     * Differences are clipped here, where a sigmoid is 0 or 1 to four digits, so that no single pair dominates a fit.
     */
    private static final double MAX_LOGITS = 10;

    private final double[] logPopularity;
    private final TeacherSpread spread;

    AlignmentFeatures(TrainingData data, TeacherSpread spread) {
        this.spread = spread;
        Popularity popularity = Popularity.of(data);
        logPopularity = new double[data.catalogue().size()];
        for (int item = 0; item < logPopularity.length; item++) {
            logPopularity[item] = StrictMath.log1p(popularity.positives(item));
        }
    }

    /**
     * Writes the features of a pair.
     *
     * @param logits of each row
     * @param signals of each row
     * @param features written: {@code [NAMES.size()]}
     */
    void read(Supervision supervision, float[] logits, Signals signals, int pair, double[] features) {
        int preferred = supervision.pairs().preferred()[pair];
        int other = supervision.pairs().other()[pair];
        double first = logPopularity[supervision.rows().items()[preferred]];
        double second = logPopularity[supervision.rows().items()[other]];
        double difference = (double) logits[preferred] - logits[other];
        features[0] = 1;
        features[1] = signals.cold()[preferred];
        features[2] = signals.tail()[preferred];
        features[3] = signals.tail()[other];
        features[4] = ((double) signals.uncertainty()[preferred] + signals.uncertainty()[other]) / 2;
        features[5] = StrictMath.log1p(supervision.rows().positions()[preferred]);
        features[6] = (first + second) / 2;
        features[7] = first - second;
        features[8] = supervision.pairs().differences()[pair];
        features[9] = spread.relative(supervision.rows().users()[preferred], features[8]);
        features[10] = Math.max(-MAX_LOGITS, Math.min(MAX_LOGITS, difference));
    }
}
