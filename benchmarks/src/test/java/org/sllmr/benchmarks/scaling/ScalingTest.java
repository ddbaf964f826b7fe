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
        assertThat(Scaling.growth(List.of(2.0, 1.0, 5.0))).isEqualTo(2.5);
        assertThat(Scaling.growth(List.of(2.0, 1.0))).isEqualTo(1);
    }

    @Test
    void exitCodeShowsWhetherTheCostGrew() {
        assertThat(scaling("1000000")).isZero();
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
