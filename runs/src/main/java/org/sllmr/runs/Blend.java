// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sllmr.teacher.blend.BlendFormula;

/**
 * How a run's score is blended with a teacher's and with popularity when it is served.
 *
 * <p>The score is a s + b p + c p^2 + d t + e t^2 + intercept, with the model's logit s, p = log(1 + training positives of
 * the item) and the teacher's score t: the target of calibrated guidance, itself used as the score. It needs the teacher
 * for each pair that is scored; nothing is distilled. A constant may be added to the score of long-tail items. Without a
 * teacher the score is the model's logit with that constant.
 *
 * @param teacher name of the teacher, or {@link #NO_TEACHER}
 * @param model what identifies its model; the embedding teacher is asked again, by the same encoder
 * @param settings the teacher's settings
 * @param file the file of its scores, where they are looked up if it cannot be asked again
 * @param fileHash SHA-256 of that file
 * @param weights a, b, c, d and e
 * @param intercept makes the mean probability of the samples that it was fitted to their share of positives
 * @param missing score in place of one that the teacher does not have: the mean of those that it was fitted to
 * @param tailConstant added to the scores of long-tail items, in logits; it holds no information
 * @param newLogPopularity p of new items, which have no training positive; empty: 0
 * @param comparisons number of pairs of a positive and a negative that it was fitted to
 */
public record Blend(
        String teacher,
        String model,
        Map<String, String> settings,
        String file,
        String fileHash,
        List<Double> weights,
        double intercept,
        double missing,
        double tailConstant,
        Optional<Double> newLogPopularity,
        int comparisons) {
    /** In place of a teacher's name where a score needs none. */
    public static final String NO_TEACHER = "none";

    /** Copies, with settings in the order of their names, and checks the numbers. */
    public Blend {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        weights = new BlendFormula(weights, intercept, missing, tailConstant, newLogPopularity).weights();
    }

    /** The formula of its scores. */
    public BlendFormula formula() {
        return new BlendFormula(weights, intercept, missing, tailConstant, newLogPopularity);
    }
}
