// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;

/**
 * The items of the whole catalogue that are nearest in meaning to each user's history.
 *
 * @param offsets first index of each user and, last, the number of items found: {@code [users + 1]}
 * @param items each user's items, best first, equal ones by item index; none that the user's history holds and none
 *     without text
 * @param values what they were ranked by: the mean of the largest cosines plus the item's bonus
 */
public record NearestItems(int[] offsets, int[] items, float[] values) {
    private static final int DISTINCT_HISTORY_ITEMS = 65_536;

    /**
     * Finds the nearest items of every user.
     *
     * <p>The result depends neither on the number of threads nor on how the work is cut.
     *
     * @param log whose histories count: the last {@link EmbeddingTeacherSettings#historyLength} interactions decide
     *     nearness, and every item of the log is excluded for its user
     * @param bonuses what is added to each item's value, such as for rarely seen items: {@code [items]}, in units of
     *     cosine
     * @param count most items a user, at least 1
     * @return no items for a user whose history has no text
     */
    public static NearestItems find(
            Embeddings embeddings,
            EmbeddingTeacherSettings settings,
            InteractionLog log,
            float[] bonuses,
            int count,
            Blocks blocks,
            ProgressListener listener)
            throws InterruptedException {
        if (count < 1 || bonuses.length != embeddings.items()) {
            throw new IllegalArgumentException(
                    "count is " + count + "; " + bonuses.length + " bonuses for " + embeddings.items() + " items");
        }
        TopItems top = new TopItems(log.users(), count);
        new CatalogueScan(embeddings, settings, log, bonuses, top, DISTINCT_HISTORY_ITEMS).run(blocks, listener);
        return top.sorted();
    }
}
