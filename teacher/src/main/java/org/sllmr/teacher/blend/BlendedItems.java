// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.blend;

/** A catalogue whose scores are blended; what a blend has to know of its items. Items behind the last one are new. */
public final class BlendedItems {
    private final BlendFormula formula;
    private final double[] logPopularity;
    private final boolean[] rare;
    private final boolean newAreRare;

    /**
     * A catalogue.
     *
     * @param positives training positives of each item
     * @param longTail whether each is long-tail; items with as few positives as one of these count as rare too
     */
    public BlendedItems(BlendFormula formula, int[] positives, boolean[] longTail) {
        this.formula = formula;
        this.logPopularity = new double[positives.length];
        this.rare = new boolean[positives.length];
        int most = -1;
        for (int item = 0; item < positives.length; item++) {
            logPopularity[item] = formula.logPopularity(positives[item]);
            most = longTail[item] ? Math.max(most, positives[item]) : most;
        }
        for (int item = 0; item < positives.length; item++) {
            rare[item] = positives[item] <= most;
        }
        this.newAreRare = most >= 0;
    }

    /**
     * Replaces logits by blended scores.
     *
     * @param items the items
     * @param taught the teacher's score of each, or NaN
     * @param logits those of the items from an index on
     */
    public void blend(int[] items, float[] taught, float[] logits, int from) {
        for (int index = 0; index < items.length; index++) {
            int item = items[index];
            boolean isNew = item >= rare.length;
            logits[from + index] = formula.score(
                    logits[from + index],
                    isNew ? formula.logPopularity(0) : logPopularity[item],
                    isNew ? newAreRare : rare[item],
                    taught[index]);
        }
    }
}
