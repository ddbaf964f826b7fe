// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

/**
 * What the preference takes as the popularity of new items, which are no training positive.
 *
 * <p>In a log that was cut by leave-one-out such items are rarely taken, and held-out interactions show it. Where items
 * are new because they have just arrived, nothing is known of their popularity.
 */
public enum NewItems {
    /** Nobody has taken them: a popularity of 0. */
    UNPOPULAR,
    /**
     * The mean of log(1 + popularity) over all other items. Held-out interactions are not compared with items that nobody
     * has taken, nor are interactions with items that nobody else has.
     */
    AVERAGE
}
