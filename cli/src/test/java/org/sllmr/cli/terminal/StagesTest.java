// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StagesTest {
    @Test
    void aNewStageEndsTheOneBefore() {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        Terminal terminal = new Terminal(new ByteArrayOutputStream(), messages, 0, clock::get);
        try (Stages stages = new Stages(terminal)) {
            stages.progressed("reading", 0, 10);
            clock.addAndGet(2_000_000_000);
            stages.progressed("reading", 5, 10);
            stages.progressed("writing", 0, 0);
            clock.addAndGet(1_000_000_000);
        }
        assertThat(messages.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("reading: 2.0 s", "writing: 1.0 s");
    }

    @Test
    void whatAnEarlierCommandDidDoesNotCountForTheTimeLeft() {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        Terminal terminal = new Terminal(new ByteArrayOutputStream(), messages, 0, clock::get);
        try (Stages stages = new Stages(terminal)) {
            stages.noted("the search goes on at 60 %");
            stages.progressed("searching", 60, 100);
            clock.addAndGet(10_000_000_000L);
            stages.progressed("searching", 80, 100);
        }
        assertThat(messages.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "note: the search goes on at 60 %",
                        "searching: 80 % (80 of 100), 10 s left", "searching: 10 s");
    }
}
