// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.concurrent.CancellationException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;

/**
 * Scores users with every item of a catalogue.
 *
 * <p>A score has the same bits whatever the number of threads, the order of the users and the number of users of a block.
 * It differs from that of {@link Scorer#score} by rounding.
 */
public interface CatalogueScorer {
    /**
     * Scores all items for some users.
     *
     * @param log where histories and contexts are looked up
     * @param users the users
     * @param positions position of each user: how many interactions form the history
     * @param asked for each user items whose scores are wanted before all others, such as the positive; may be empty
     * @param receiver takes the scores
     * @param listener told of scores done, from several threads, one at a time
     * @throws CancellationException if the calling thread is interrupted
     */
    void score(
            InteractionLog log,
            int[] users,
            int[] positions,
            int[][] asked,
            Receiver receiver,
            ProgressListener listener);

    /** Takes scores, of a user at a time in one thread, of different users in several. */
    interface Receiver {
        /**
         * The scores of the items asked for; comes before the user's other scores.
         *
         * @param row index of the user among those to be scored
         * @param scores one an item asked for, in their order
         */
        void asked(int row, float[] scores);

        /**
         * The scores of some consecutive items; blocks come in the order of their items, all items once.
         *
         * @param row index of the user among those to be scored
         * @param first the first item
         * @param scores one an item; overwritten after the call
         * @param count number of items
         */
        void scores(int row, int first, float[] scores, int count);
    }
}
