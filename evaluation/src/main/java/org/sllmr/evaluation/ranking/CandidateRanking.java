// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ranks the candidates of one user from blocks of scores, without keeping the scores.
 *
 * <p>Candidates are all items of the catalogue except the excluded ones. In the top list, ties go to the item with the
 * lower index; the ranks of positives do not depend on that.
 */
public final class CandidateRanking {
    /** The distinct scores of the positives, rising. */
    private final float[] levels;

    private final int[] positives;
    private final int[] better;
    private final int[] tied;
    private final int[] excluded;
    private int nextExcluded;
    private int nextItem;
    private int candidates;

    private final int[] topItems;
    private final float[] topScores;
    private int topSize;

    /**
     * A ranking before the first block.
     *
     * @param positiveScores scores of the positives, bit for bit as in the blocks
     * @param excluded items that are not candidates, rising; must not contain a positive
     * @param topLength length of the top list, at least 0
     */
    public CandidateRanking(float[] positiveScores, int[] excluded, int topLength) {
        float[] sorted = positiveScores.clone();
        Arrays.sort(sorted);
        float[] distinct = new float[sorted.length];
        int[] counts = new int[sorted.length];
        int size = 0;
        for (float score : sorted) {
            // Not by bits: 0 and -0 are equal scores.
            if (size == 0 || distinct[size - 1] != score) {
                distinct[size++] = score;
            }
            counts[size - 1]++;
        }
        if (size == 0) {
            throw new IllegalArgumentException("a ranking needs at least one positive");
        }
        checkNumber(distinct[size - 1]);
        this.levels = Arrays.copyOf(distinct, size);
        this.positives = Arrays.copyOf(counts, size);
        this.better = new int[size];
        this.tied = new int[size];
        this.excluded = excluded;
        this.topItems = new int[topLength];
        this.topScores = new float[topLength];
    }

    /**
     * Adds the next scores.
     *
     * @param first the first item; it must follow the last item of the previous block
     * @param scores one per item
     * @param count number of items
     * @throws IllegalArgumentException if a block is missing or a score is NaN
     */
    public void add(int first, float[] scores, int count) {
        if (first != nextItem) {
            throw new IllegalArgumentException(
                    "the block begins with item " + first + ", expected is item " + nextItem);
        }
        nextItem = first + count;
        int from = 0;
        while (nextExcluded < excluded.length && excluded[nextExcluded] < nextItem) {
            int to = excluded[nextExcluded++] - first;
            addCandidates(first, scores, from, to);
            from = to + 1;
        }
        addCandidates(first, scores, from, count);
    }

    private void addCandidates(int first, float[] scores, int from, int to) {
        candidates += to - from;
        for (int level = 0; level < levels.length; level++) {
            float value = levels[level];
            int above = 0;
            int equal = 0;
            int below = 0;
            for (int i = from; i < to; i++) {
                above += scores[i] > value ? 1 : 0;
                equal += scores[i] == value ? 1 : 0;
                below += scores[i] < value ? 1 : 0;
            }
            if (above + equal + below != to - from) {
                checkNumber(Float.NaN);
            }
            better[level] += above;
            tied[level] += equal;
        }
        if (topItems.length > 0) {
            for (int i = from; i < to; i++) {
                if (topSize < topItems.length || scores[i] > topScores[topSize - 1]) {
                    insert(first + i, scores[i]);
                }
            }
        }
    }

    /** Inserts an item behind all items with the same score. */
    private void insert(int item, float score) {
        int place = topSize < topItems.length ? topSize++ : topSize - 1;
        while (place > 0 && topScores[place - 1] < score) {
            topScores[place] = topScores[place - 1];
            topItems[place] = topItems[place - 1];
            place--;
        }
        topScores[place] = score;
        topItems[place] = item;
    }

    private static void checkNumber(float score) {
        if (Float.isNaN(score)) {
            throw new IllegalArgumentException("a score is NaN; the model has diverged");
        }
    }

    /** The ranks of the positives; to be called after the last block. */
    public UserRanking ranking() {
        List<TieGroup> groups = new ArrayList<>();
        for (int level = levels.length - 1; level >= 0; level--) {
            groups.add(new TieGroup(better[level], tied[level], positives[level]));
        }
        return new UserRanking(candidates, groups);
    }

    /** The top list, best first; shorter than requested only if there are fewer candidates. */
    public int[] top() {
        return Arrays.copyOf(topItems, topSize);
    }
}
