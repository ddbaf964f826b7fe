// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.List;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherSpread;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Supervision;

/** Where a pair (u, i, j) lies: the paper's three signals and continuous ones, as numbers of about the same size. */
final class PairPlace {
    /** Names of the numbers; i is the item that the teacher prefers. */
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

    /** Beyond this a sigmoid is 0 or 1 to four digits, and one pair must not decide a fit. */
    private static final double MOST_LOGITS = 10;

    private final double[] logPopularity;
    private final TeacherSpread spread;

    PairPlace(TrainingData data, TeacherSpread spread) {
        this.spread = spread;
        Popularity popularity = Popularity.of(data);
        logPopularity = new double[data.catalogue().size()];
        for (int item = 0; item < logPopularity.length; item++) {
            logPopularity[item] = StrictMath.log1p(popularity.positives(item));
        }
    }

    /**
     * Writes the numbers of a pair.
     *
     * @param logits of each row
     * @param signals of each row
     * @param numbers written: {@code [NAMES.size()]}
     */
    void read(Supervision supervision, float[] logits, Signals signals, int pair, double[] numbers) {
        int preferred = supervision.pairs().preferred()[pair];
        int other = supervision.pairs().other()[pair];
        double first = logPopularity[supervision.rows().items()[preferred]];
        double second = logPopularity[supervision.rows().items()[other]];
        double difference = (double) logits[preferred] - logits[other];
        numbers[0] = 1;
        numbers[1] = signals.cold()[preferred];
        numbers[2] = signals.tail()[preferred];
        numbers[3] = signals.tail()[other];
        numbers[4] = ((double) signals.uncertainty()[preferred] + signals.uncertainty()[other]) / 2;
        numbers[5] = StrictMath.log1p(supervision.rows().positions()[preferred]);
        numbers[6] = (first + second) / 2;
        numbers[7] = first - second;
        numbers[8] = supervision.pairs().differences()[pair];
        numbers[9] = spread.relative(supervision.rows().users()[preferred], numbers[8]);
        numbers[10] = Math.max(-MOST_LOGITS, Math.min(MOST_LOGITS, difference));
    }
}
