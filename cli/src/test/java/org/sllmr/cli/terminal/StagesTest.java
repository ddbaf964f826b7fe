// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StagesTest {
    @Test
    void aNewStageEndsTheOneBefore() {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        Terminal terminal = new Terminal(new ByteArrayOutputStream(), messages, 0, clock::get);
        try (Stages stages = new Stages(terminal)) {
            stages.at("reading", 0, 10);
            clock.addAndGet(2_000_000_000);
            stages.at("reading", 5, 10);
            stages.at("writing", 0, 0);
            clock.addAndGet(1_000_000_000);
        }
        assertThat(messages.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("reading: 2.0 s", "writing: 1.0 s");
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        new AlignedTable()
                .row("", "asked", "share")
                .row("nearest", AlignedTable.count(12_345), AlignedTable.share(1, 3))
                .row("none", AlignedTable.count(0), AlignedTable.share(0, 0))
                .row("short")
                .print(out);
        assertThat(text.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "          asked   share", "nearest  12,345  33.3 %", "none          0       -", "short");
        assertThat(AlignedTable.decimal(OptionalDouble.empty())).isEqualTo("-");
        assertThat(AlignedTable.decimal(OptionalDouble.of(0.73))).isEqualTo("0.7300");
    }
}
