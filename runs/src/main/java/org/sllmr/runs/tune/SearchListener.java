// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

/** Receives a search's progress, from several threads, one at a time. */
public interface SearchListener {
    /** Ignores everything. */
    SearchListener SILENT = new SearchListener() {};

    /**
     * A rung begins.
     *
     * @param rung its number, from 1
     * @param rungs number of rungs
     * @param epochs its last epoch
     * @param trials number of trials in it
     */
    default void rung(int rung, int rungs, int epochs, int trials) {}

    /**
     * A trial has completed a rung.
     *
     * @param done number of trials that have
     * @param trials number of trials in the rung
     */
    default void finished(TrialResult result, int done, int trials) {}
}
