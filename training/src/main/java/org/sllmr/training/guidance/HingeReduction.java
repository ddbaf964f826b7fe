// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

/** How the hinge losses of a step's pairs become one loss. */
public enum HingeReduction {
    /** Their sum, as in the paper's L_LLM; it grows with the number of pairs in a batch. */
    SUM,
    /** Their mean, so that lambda does not depend on the number of pairs. */
    MEAN
}
