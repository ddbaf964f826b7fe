// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

/**
 * The constants of Adam that no step changes (Kingma and Ba 2015, algorithm 1).
 *
 * @param complement1 1 - beta1
 * @param beta2 decay of the second moment
 * @param complement2 1 - beta2
 * @param epsilon added to the root of the second moment
 * @param decay coupled weight decay: this times the weight is added to its gradient; 0 for AdamW
 */
public record AdamConstants(float complement1, float beta2, float complement2, float epsilon, float decay) {
    /** Gradients smaller than this count as 0. */
    static final float SMALLEST_GRADIENT = 1e-16f;
    /** First moments smaller than this count as 0. */
    static final float SMALLEST_FIRST = 1e-30f;
    /** Second moments smaller than this count as 0. */
    static final float SMALLEST_SECOND = 1e-36f;
}
