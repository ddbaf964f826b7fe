// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.benchmarks.SmallDataset;
import org.sllmr.benchmarks.memory.Memory;
import picocli.CommandLine;

class SoakTest {
    @TempDir
    private Path folder;

    @Test
    void growthIsTheHighestReadingAboveTheEndOfTheWarmUp() {
        assertThat(Soak.growth(readings(100, 300, 310, 350, 320), 2)).isEqualTo(50);
        assertThat(Soak.growth(readings(100, 300, 290, 280), 2)).isEqualTo(-10);
    }

    private static List<Memory> readings(double... resident) {
        return DoubleStream.of(resident)
                .mapToObj(value -> new Memory(value, 1, 1))
                .toList();
    }

    @Test
    void exitCodeShowsWhetherMemoryGrew() throws IOException {
        SmallDataset.in(folder);
        assertThat(soak("--most=100000", "--backbone=dcnv2,deepfm")).isZero();
        assertThat(soak("--most=-100000", "--backbone=dcnv2")).isEqualTo(1);
    }

    private int soak(String most, String backbones) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Soak soak = new Soak(new PrintStream(text, true, StandardCharsets.UTF_8));
        CommandLine command = new CommandLine(soak);
        String[] all = {
            folder.resolve("dataset").toString(),
            "--steps=15",
            "--warm-up=5",
            "--every=5",
            "--batch=16",
            "--again=5",
            most,
            backbones
        };
        int code = command.execute(all);
        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("|      5 |", "|     15 |", "after step 5", "have the same bits");
        return code;
    }
}
