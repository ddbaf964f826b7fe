// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Both streams show escape sequences in names escaped, and leave everything else unchanged. */
class TerminalEscapesTest {
    private static final String NASTY = "\u001b[2J\u001b]0;x\u0007a\rb\u009bc\u202ed\u007f\u061c\ufeff";
    private static final String SHOWN = "\\u001b[2J\\u001b]0;x\\u0007a\\u000db\\u009bc\\u202ed\\u007f\\u061c\\ufeff";
    private static final String PLAIN = "a\tb\nCafé 值 \ud83d\ude00 \u0590";

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @Test
    void messagesAndResults() {
        Terminal terminal = new Terminal(results, messages, 0, () -> 0);
        terminal.say(NASTY + PLAIN);
        terminal.results().print(NASTY + PLAIN);
        assertThat(terminal.finish()).isTrue();
        assertThat(messages.toString(StandardCharsets.UTF_8)).isEqualTo(SHOWN + PLAIN + System.lineSeparator());
        assertThat(results.toString(StandardCharsets.UTF_8)).isEqualTo(SHOWN + PLAIN);
    }

    @Test
    void charactersThatAreWrittenInParts() {
        Terminal terminal = new Terminal(results, messages, 0, () -> 0);
        for (byte part : (NASTY + PLAIN).repeat(2000).getBytes(StandardCharsets.UTF_8)) {
            terminal.results().write(part);
            terminal.results().flush();
        }
        assertThat(terminal.finish()).isTrue();
        assertThat(results.toString(StandardCharsets.UTF_8)).isEqualTo((SHOWN + PLAIN).repeat(2000));
    }

    @Test
    void aProgressBarKeepsItsOwnEscapesAlone() {
        Terminal terminal = new Terminal(results, messages, 80, () -> 0);
        try (Progress progress = terminal.progress("reading " + NASTY, 10)) {
            progress.at(1, "");
        }
        assertThat(messages.toString(StandardCharsets.UTF_8).replace("\r\u001b[K", ""))
                .doesNotContain("\u001b", "\r", "\u009b");
    }
}
