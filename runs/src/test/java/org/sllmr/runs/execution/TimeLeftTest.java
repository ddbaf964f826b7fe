// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.runs.grid.GridCell;

class TimeLeftTest {
    private final TimeLeft left = new TimeLeft(cell -> cell.data().equals("large") ? 200 : 100);

    @Test
    void estimatesFromTheMostSimilarFinishedRuns() {
        GridCell none = new GridCell("small", "deepfm", "none");
        assertThat(left.estimate(List.of(none), List.of(), 1)).isEmpty();
        left.learn(none, 8);
        left.learn(none, 12);
        left.learn(new GridCell("small", "din", "none"), 70);
        assertThat(left.estimate(List.of(none), List.of(), 1)).contains(Duration.ofSeconds(10));
        assertThat(left.estimate(List.of(new GridCell("large", "deepfm", "none")), List.of(), 1))
                .as("twice the samples")
                .contains(Duration.ofSeconds(20));
        assertThat(left.estimate(List.of(new GridCell("large", "deepfm", "s-llmr")), List.of(), 1))
                .as("the same backbone")
                .contains(Duration.ofSeconds(20));
        assertThat(left.estimate(List.of(new GridCell("small", "mf", "none")), List.of(), 1))
                .as("all runs")
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void parallelRunsShareTheTime() {
        GridCell cell = new GridCell("small", "deepfm", "none");
        left.learn(cell, 10);
        assertThat(left.estimate(List.of(cell, cell, cell), List.of(new TimeLeft.Running(cell, 4)), 2))
                .contains(Duration.ofSeconds(18));
        assertThat(left.estimate(List.of(cell), List.of(), 8))
                .as("one run is not shared")
                .contains(Duration.ofSeconds(10));
        assertThat(left.estimate(List.of(), List.of(new TimeLeft.Running(cell, 25)), 2))
                .contains(Duration.ZERO);
    }
}
