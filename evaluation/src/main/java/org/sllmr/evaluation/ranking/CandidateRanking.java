// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ranks the candidates of one user while their scores come by, block after block, without keeping them.
 *
 * <p>Candidates are all items of the catalogue but the excluded ones. The top of the list goes, among equal scores, to the
 * items with the lower index; ranks of positives do not depend on that order.
 */
public final class CandidateRanking {
    /** Scores of the positives, each once, rising. */
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
     * @param positiveScores scores of the positives, with the bits that they will come by with
     * @param excluded items that are no candidates, rising; no positive among them
     * @param topLength how many items of the top of the list to keep, at least 0
     */
    public CandidateRanking(float[] positiveScores, int[] excluded, int topLength) {
        float[] sorted = positiveScores.clone();
        Arrays.sort(sorted);
        float[] distinct = new float[sorted.length];
        int[] counts = new int[sorted.length];
        int size = 0;
        for (float score : sorted) {
            // Not by bits: 0 and -0 are one score.
            if (size == 0 || distinct[size - 1] != score) {
                distinct[size++] = score;
            }
            counts[size - 1]++;
        }
        if (size == 0) {
            throw new IllegalArgumentException("a ranking needs a positive");
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
     * Takes the next scores.
     *
     * @param first the first item, which follows the last one of the block before
     * @param scores one an item
     * @param count number of items
     * @throws IllegalArgumentException if a block was left out or a score is NaN
     */
    public void add(int first, float[] scores, int count) {
        if (first != nextItem) {
            throw new IllegalArgumentException("block of item " + first + " came, item " + nextItem + " is next");
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

    /** Puts an item behind all that score as high. */
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

    /** Where the positives stand; to be asked after the last block. */
    public UserRanking ranking() {
        List<TieGroup> groups = new ArrayList<>();
        for (int level = levels.length - 1; level >= 0; level--) {
            groups.add(new TieGroup(better[level], tied[level], positives[level]));
        }
        return new UserRanking(candidates, groups);
    }

    /** The top of the list, the best first; shorter than asked for only if there are fewer candidates. */
    public int[] top() {
        return Arrays.copyOf(topItems, topSize);
    }
}
