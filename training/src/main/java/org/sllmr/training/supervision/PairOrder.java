// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

/** Which of a batch's possible pairs are chosen if there are more than needed. */
public enum PairOrder {
    /** Those with the largest differences of teacher scores (paper, Section 3.2). */
    LARGEST,
    /** A uniform sample: any model often orders the pairs with the largest differences correctly. */
    RANDOM
}
