// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Optional;

/**
 * What only some runs have.
 *
 * @param state what a later training goes on from; runs of experiments keep none
 * @param blend how its scores are blended with a teacher's, if they are
 * @param scores the scores of its samples; a run that is not judged, and one of an earlier version, has none
 */
record RunParts(Optional<RunState> state, Optional<Blend> blend, Optional<Scores> scores) {
    /** None of them. */
    static final RunParts NONE = new RunParts(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * The scores of both splits that judge a run.
     *
     * @param validation of the validation samples
     * @param test of the test samples
     */
    record Scores(RunScores validation, RunScores test) {}
}
