// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;

/**
 * Labelled rows.
 *
 * <p>Rows of one user are next to each other, by rising position.
 *
 * @param instances the rows
 * @param labels which of them are positives
 */
public record Samples(Instances instances, Labels labels) {
    /** Checks that there is a label for each row. */
    public Samples {
        boolean whole = labels instanceof Labels.Drawn drawn
                ? instances.size() % (1 + drawn.negatives()) == 0
                : ((Labels.Given) labels).values().length == instances.size();
        if (!whole) {
            throw new IllegalArgumentException(instances.size() + " rows do not fit their labels");
        }
    }

    /** Rows in which each positive is followed by that many negatives. */
    public Samples(Instances instances, int negatives) {
        this(instances, new Labels.Drawn(negatives));
    }

    /** Number of rows. */
    public int size() {
        return instances.size();
    }

    /** Number of positives. */
    public int positives() {
        if (labels instanceof Labels.Drawn drawn) {
            return size() / (1 + drawn.negatives());
        }
        int positives = 0;
        for (byte value : ((Labels.Given) labels).values()) {
            positives += value;
        }
        return positives;
    }

    /** 1 for a positive, 0 for a negative. */
    public int label(int row) {
        return labels instanceof Labels.Drawn drawn
                ? row % (1 + drawn.negatives()) == 0 ? 1 : 0
                : ((Labels.Given) labels).values()[row];
    }

    /** Whether rows have labels of their own, so that a positive need not be followed by negatives. */
    public boolean labelled() {
        return labels instanceof Labels.Given;
    }

    /** Number of rows of a positive and its negatives; 1 if rows have labels of their own. */
    public int groupSize() {
        return labels instanceof Labels.Drawn drawn ? 1 + drawn.negatives() : 1;
    }

    /**
     * Number of negatives that follow each positive, for what cannot do without.
     *
     * @param setting what asks, for the message
     * @throws InvalidInputException if rows have labels of their own
     */
    public int negatives(String setting, String why) {
        if (labels instanceof Labels.Drawn drawn) {
            return drawn.negatives();
        }
        throw new InvalidInputException(
                setting, "does not work on data with labels of their own (--label or --positive): " + why);
    }

    /** Which rows belong together. */
    public SampleLists lists() {
        return SampleLists.of(this);
    }

    /**
     * The samples of several parts together: user by user, by rising position; what belongs together stays together.
     *
     * @param parts of one kind of labels, at least one
     * @param users number of users
     */
    public static Samples merged(List<Samples> parts, int users) {
        return SampleMerge.of(parts, users);
    }

    /**
     * Some of the rows.
     *
     * @param rows rising; of a positive with its negatives all or none
     */
    public Samples select(int[] rows) {
        Instances selected = instances.select(rows);
        if (!(labels instanceof Labels.Given given)) {
            return new Samples(selected, labels);
        }
        byte[] values = new byte[rows.length];
        for (int index = 0; index < rows.length; index++) {
            values[index] = given.values()[rows[index]];
        }
        int[] all = given.lists();
        int[] lists = new int[all.length];
        int count = 0;
        int index = 0;
        for (int list = 0; list + 1 < all.length; list++) {
            int first = index;
            while (index < rows.length && rows[index] < all[list + 1]) {
                index++;
            }
            if (index > first) {
                lists[++count] = index;
            }
        }
        return new Samples(selected, new Labels.Given(values, all.length == 0 ? all : Arrays.copyOf(lists, count + 1)));
    }
}
