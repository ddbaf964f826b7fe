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
            stages.at("reading", 0, 10);
            clock.addAndGet(2_000_000_000);
            stages.at("reading", 5, 10);
            stages.at("writing", 0, 0);
            clock.addAndGet(1_000_000_000);
        }
        assertThat(messages.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("reading: 2.0 s", "writing: 1.0 s");
    }
}
