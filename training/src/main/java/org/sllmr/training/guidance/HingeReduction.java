// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

/** How the hinge losses of a step's pairs become one loss. */
public enum HingeReduction {
    /** Their sum, as the paper writes L_LLM; its strength grows with the number of pairs that a batch holds. */
    SUM,
    /** Their mean, so that lambda means the same whatever the number of pairs. */
    MEAN
}
