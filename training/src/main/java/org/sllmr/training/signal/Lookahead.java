// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import java.util.function.UnaryOperator;
import org.sllmr.data.Instances;

/** Scores as they would be after one more step. */
@FunctionalInterface
public interface Lookahead {
    /**
     * Logits of rows after one optimizer step on others; the model is restored afterwards.
     *
     * @param trained rows of the step
     * @param gradient maps the logits of those rows to the derivative of the step's loss by each
     * @param scored rows that are scored after it, as in serving
     */
    float[] scoreAfter(Instances trained, UnaryOperator<float[]> gradient, Instances scored);
}
