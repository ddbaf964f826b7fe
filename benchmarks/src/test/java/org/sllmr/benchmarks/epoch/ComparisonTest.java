// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sllmr.runs.Machine;

class ComparisonTest {
    private static final double[] NONE = {0, 0, 0};

    /** A slow round must not change the ratios. */
    @Test
    void ratiosAreTakenWithinRounds() {
        Comparison.Row eager = new Comparison.Row(Comparison.EAGER, "", new double[] {6, 60, 9}, NONE);
        Comparison.Row own = new Comparison.Row(Comparison.DENSE, "", new double[] {2, 10, 3}, NONE);
        Comparison comparison = new Comparison(
                "d",
                "b",
                1,
                "",
                1,
                1,
                3,
                Optional.empty(),
                List.of(eager, own),
                Map.of(),
                new Machine("", "", "", 1, ""),
                0,
                Instant.EPOCH);
        assertThat(comparison.timesAsLong(Comparison.EAGER, own)).contains(3.0);
        assertThat(comparison.timesAsLong(Comparison.EAGER, eager)).contains(1.0);
        assertThat(comparison.timesAsLong(Comparison.TUNED, own)).isEmpty();
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(Comparison.median(new double[] {9, 1, 4, 2})).isEqualTo(3);
        assertThat(Comparison.median(new double[] {9, 1, 4})).isEqualTo(4);
    }
}
