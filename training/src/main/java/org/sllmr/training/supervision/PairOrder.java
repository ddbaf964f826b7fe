// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

/** Which of a batch's possible pairs are taken, where there are more than wanted. */
public enum PairOrder {
    /** Those with the largest differences of teacher scores (paper, Section 3.2). */
    LARGEST,
    /** A uniform sample of them: the largest differences are often those that any model gets right. */
    RANDOM
}
