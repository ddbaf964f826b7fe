// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

/** Told of a search's progress, from several threads, one at a time. */
public interface SearchListener {
    /** Ignores everything. */
    SearchListener SILENT = new SearchListener() {};

    /**
     * A rung begins.
     *
     * @param rung its number, from 1
     * @param rungs how many there are
     * @param epochs its last epoch
     * @param trials how many trials are in it
     */
    default void rung(int rung, int rungs, int epochs, int trials) {}

    /**
     * A trial is through a rung.
     *
     * @param done how many are
     * @param trials of how many
     */
    default void finished(TrialResult result, int done, int trials) {}
}
