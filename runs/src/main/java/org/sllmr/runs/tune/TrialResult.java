// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a trial in its last rung.
 *
 * @param trial number of the trial, from 1
 * @param values its drawn settings
 * @param rung the last rung of its training, from 1
 * @param epochs the last epoch allowed in that rung
 * @param score mean over seeds of the validation metric at the best epoch; null if a seed failed
 * @param scores the metric under each seed, in the order of the seeds
 * @param failure why it failed; null if it did not
 */
public record TrialResult(
        int trial,
        Map<String, String> values,
        int rung,
        int epochs,
        @Nullable Double score,
        List<Double> scores,
        @Nullable String failure) {}
