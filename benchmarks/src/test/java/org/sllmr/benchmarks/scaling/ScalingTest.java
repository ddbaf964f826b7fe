// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ScalingTest {
    @Test
    void growthIsRelativeToTheFirst() {
        assertThat(Growth.of(List.of(2.0, 1.0, 5.0), List.of(2.0, 1.0))).isEqualTo(new Growth(2.5, 1));
    }

    @Test
    void eachGrowthIsJudged() {
        assertThat(new Growth(1.5, 1).within(1.5)).isTrue();
        assertThat(new Growth(1.6, 1).within(1.5)).isFalse();
        assertThat(new Growth(1, 1.6).within(1.5)).isFalse();
        assertThat(Growth.of(List.of(0.0, 1.0), List.of(1.0)).within(1e9))
                .as("too short for the clock")
                .isFalse();
        assertThat(Growth.of(List.of(0.0, 0.0), List.of(1.0)).within(1e9)).isFalse();
    }

    /** How steps so short grow is up to the machine; that nothing grows to less than its first cost is not. */
    @Test
    void exitCodeShowsWhetherTheCostGrew() {
        assertThat(scaling("1000000")).isBetween(0, 1);
        assertThat(scaling("0.001")).isEqualTo(1);
    }

    private static int scaling(String most) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int code = new CommandLine(new Scaling(new PrintStream(text, true, StandardCharsets.UTF_8)))
                .execute(
                        "--rows=1000,2000",
                        "--samples=200,400",
                        "--steps=10",
                        "--warm-up=4",
                        "--batch=16",
                        "--most=" + most);
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("| 400 |", "| 2,000 |", "at most");
        return code;
    }
}
