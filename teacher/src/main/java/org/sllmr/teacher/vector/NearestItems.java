// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;

/**
 * The items of the catalogue that are most similar in meaning to each user's history.
 *
 * @param offsets first index of each user and, at the end, the number of items found: {@code [users + 1]}
 * @param items each user's items, best first, ties by item index; without items of the user's history and items without
 *     text
 * @param values the values by which they are ranked: the mean of the largest cosines plus the item's bonus
 */
public record NearestItems(int[] offsets, int[] items, float[] values) {
    /** So many cosines with a tile take 128 MiB at most; a catalogue of fewer items is compared in one group. */
    private static final int DISTINCT_HISTORY_ITEMS = 131_072;

    /**
     * Finds the nearest items of every user.
     *
     * <p>The result does not depend on the number of threads or the division of work.
     *
     * @param log the histories: the last {@link EmbeddingTeacherSettings#historyLength} interactions are compared, and
     *     all of a user's items are excluded
     * @param bonuses added to each item's value, such as for rare items: {@code [items]}, in units of cosine
     * @param count maximum number of items per user, at least 1
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
        return find(embeddings, settings, log, bonuses, count, blocks, listener, ScanFile.NONE);
    }

    /**
     * Finds the nearest items of every user, and goes on where a stopped search of the same inputs was.
     *
     * @param file where the state of the search is kept; the caller removes it when it is no longer needed
     */
    public static NearestItems find(
            Embeddings embeddings,
            EmbeddingTeacherSettings settings,
            InteractionLog log,
            float[] bonuses,
            int count,
            Blocks blocks,
            ProgressListener listener,
            ScanFile file)
            throws InterruptedException {
        if (count < 1 || bonuses.length != embeddings.items()) {
            throw new IllegalArgumentException(
                    "count is " + count + "; " + bonuses.length + " bonuses for " + embeddings.items() + " items");
        }
        TopItems top = new TopItems(log.users(), count);
        new CatalogueScan(embeddings, settings, log, bonuses, top, DISTINCT_HISTORY_ITEMS).run(blocks, listener, file);
        return top.sorted();
    }
}
