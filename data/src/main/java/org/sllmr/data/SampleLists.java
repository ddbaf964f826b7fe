// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;

/**
 * Which rows of samples belong together: a positive with its negatives, or the rows of an impression.
 *
 * <p>Where rows have labels of their own and no impressions are known, each row is a list by itself.
 */
public final class SampleLists {
    private final Samples samples;
    /** Rows of each list, or 0 if they differ. */
    private final int width;

    private final int[] offsets;

    private SampleLists(Samples samples, int width, int[] offsets) {
        this.samples = samples;
        this.width = width;
        this.offsets = offsets;
    }

    static SampleLists of(Samples samples) {
        int[] offsets = samples.labels() instanceof Labels.Given given ? given.lists() : new int[0];
        return new SampleLists(samples, offsets.length == 0 ? samples.groupSize() : 0, offsets);
    }

    /** Whether it is known which rows belong together. */
    public boolean known() {
        return width != 1;
    }

    /** Number of lists. */
    public int count() {
        return width > 0 ? samples.size() / width : offsets.length - 1;
    }

    /** First row of a list. */
    public int from(int list) {
        return width > 0 ? list * width : offsets[list];
    }

    /** The row after the last one of a list. */
    public int to(int list) {
        return width > 0 ? (list + 1) * width : offsets[list + 1];
    }

    /** The row that a list is named after: its first positive, or -1 without one; the row itself if it is alone. */
    public int head(int list) {
        int from = from(list);
        if (samples.groupSize() > 1 || width == 1) {
            return from;
        }
        for (int row = from; row < to(list); row++) {
            if (samples.label(row) == 1) {
                return row;
            }
        }
        return -1;
    }

    /** The list of each row: {@code [rows]}. */
    public int[] ofRows() {
        int[] lists = new int[samples.size()];
        for (int list = 0; list < count(); list++) {
            Arrays.fill(lists, from(list), to(list), list);
        }
        return lists;
    }

    /** The head of each row's list, or -1: {@code [rows]}. */
    public int[] heads() {
        int[] heads = new int[samples.size()];
        for (int list = 0; list < count(); list++) {
            Arrays.fill(heads, from(list), to(list), head(list));
        }
        return heads;
    }

    /**
     * The positive that each row is compared with: the first of its list; where lists are not known, the nearest row
     * among the positives of the same user, the earlier one of two. -1 if there is none: {@code [rows]}.
     */
    public int[] comparedWith() {
        if (known()) {
            return heads();
        }
        int[] users = samples.instances().users();
        int[] nearest = new int[samples.size()];
        for (int row = 0, last = -1; row < nearest.length; row++) {
            last = samples.label(row) == 1 ? row : last;
            nearest[row] = last >= 0 && users[last] == users[row] ? last : -1;
        }
        for (int row = nearest.length - 1, next = -1; row >= 0; row--) {
            next = samples.label(row) == 1 ? row : next;
            boolean own = next >= 0 && users[next] == users[row];
            if (own && (nearest[row] < 0 || next - row < row - nearest[row])) {
                nearest[row] = next;
            }
        }
        return nearest;
    }
}
