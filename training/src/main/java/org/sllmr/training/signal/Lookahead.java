// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import java.util.function.UnaryOperator;
import org.sllmr.data.Instances;

/** What the model would say if it had made one more step. */
@FunctionalInterface
public interface Lookahead {
    /**
     * Logits of rows after one optimizer step on others; the model then is as it was.
     *
     * @param trained rows of the step
     * @param gradient gives the derivative of the step's loss by each logit of those rows, from the logits
     * @param asked rows that are scored after it, as in serving
     */
    float[] scoreAfter(Instances trained, UnaryOperator<float[]> gradient, Instances asked);
}
