// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    private static final String CLEAR = "\r\u001b[K";
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong(-5);

    private Terminal terminal(int columns) {
        return new Terminal(results, messages, columns, clock::get);
    }

    private String written() {
        String text = messages.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        messages.reset();
        return text;
    }

    @Test
    void withoutATerminalThereArePlainLines() {
        try (Progress progress = terminal(0).progress("epoch 1", 27_000)) {
            progress.at(10, "");
            assertThat(written()).isEmpty();
            clock.addAndGet(10 * SECOND);
            progress.at(13_500, "loss 0.5");
            progress.at(13_501, "");
            clock.addAndGet(9 * SECOND);
            progress.at(20_000, "");
            assertThat(written()).isEqualTo("epoch 1: 50 % (13,500 of 27,000), 10 s left, loss 0.5\n");
            clock.addAndGet(SECOND);
        }
        assertThat(written()).isEqualTo("epoch 1: 20 s\n");
        assertThat(results.size()).isZero();
    }

    @Test
    void onATerminalTheBarIsRedrawnInPlace() {
        Terminal terminal = terminal(80);
        Progress progress = terminal.progress("epoch 1", 200);
        clock.addAndGet(4 * SECOND);
        progress.at(100, "loss 0.5");
        assertThat(written())
                .isEqualTo(CLEAR + "epoch 1 [##########..........] 50 % (100 of 200), 4.0 s left, loss 0.5");
        progress.at(101, "too soon");
        assertThat(written()).isEmpty();
        terminal.say("a log line");
        assertThat(written())
                .isEqualTo(
                        CLEAR + "a log line\nepoch 1 [##########..........] 50 % (100 of 200), 4.0 s left, loss 0.5");
        progress.close();
        progress.close();
        progress.at(200, "");
        assertThat(written()).isEqualTo(CLEAR + "epoch 1: 4.0 s\n");
        terminal.say("after");
        assertThat(written()).isEqualTo("after\n");
    }

    @Test
    void theBarNeverWraps() {
        Progress progress = terminal(20).progress("a long label for a narrow terminal", 10);
        progress.at(5, "and a detail");
        assertThat(written()).isEqualTo(CLEAR + "a long label for a ");
    }

    @Test
    void anUnknownTotalIsACount() {
        Progress progress = terminal(80).progress("rows", 0);
        progress.at(1_234_567, "");
        assertThat(written()).isEqualTo(CLEAR + "rows 1,234,567");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0.0 s", "9.94|9.9 s", "59.9|59 s", "61|1:01 min", "3599|59:59 min", "3909|1:05:09 h"})
    void timesAreShort(double seconds, String words) {
        assertThat(Pace.time((long) (seconds * SECOND))).isEqualTo(words);
    }

    @Test
    void aHundredPercentMeansDone() {
        assertThat(new Pace(0, 999, 1000, 1).percent()).isEqualTo(99);
        assertThat(new Pace(0, 1000, 1000, 1).words()).isEqualTo("100 % (1,000 of 1,000)");
        assertThat(new Pace(0, 1001, 1000, 1).percent()).isEqualTo(100);
    }
}
