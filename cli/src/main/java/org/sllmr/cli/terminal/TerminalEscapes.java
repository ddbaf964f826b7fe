// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Escapes characters that control a terminal, which names from data may contain.
 *
 * <p>These are control characters except line feed and tab, direction marks, and the byte-order mark, which would
 * otherwise hide in a name. Each is escaped as in JSON, so that
 * printed JSON stays equivalent.
 */
final class TerminalEscapes {
    private TerminalEscapes() {}

    /** The text, safe to show. */
    static String text(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (isObeyed(text.charAt(at))) {
                return replaced(text);
            }
        }
        return text;
    }

    /** A UTF-8 stream that escapes such characters. */
    static OutputStream stream(OutputStream target) {
        return new Stream(target);
    }

    private static String replaced(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (isObeyed(character)) {
                safe.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                safe.append(character);
            }
        }
        return safe.toString();
    }

    private static boolean isObeyed(char character) {
        if (character < ' ') {
            return character != '\n' && character != '\t';
        }
        return (character >= 0x7f && character <= 0x9f)
                || (character >= 0x200e && character <= 0x200f)
                || (character >= 0x2028 && character <= 0x202e)
                || (character >= 0x2066 && character <= 0x2069)
                || character == 0x061c
                || character == 0xfeff;
    }

    /** Collects bytes until characters are complete. */
    private static final class Stream extends OutputStream {
        private static final int BLOCK = 1 << 13;

        private final OutputStream target;
        private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        private int missing;

        private Stream(OutputStream target) {
            this.target = target;
        }

        @Override
        public synchronized void write(int b) throws IOException {
            int value = b & 0xff;
            if (value < 0x80) {
                missing = 0;
            } else if (value < 0xc0) {
                missing = Math.max(0, missing - 1);
            } else {
                missing = value < 0xe0 ? 1 : value < 0xf0 ? 2 : 3;
            }
            whole.write(value);
            if (missing == 0 && whole.size() >= BLOCK) {
                pass();
            }
        }

        @Override
        public synchronized void flush() throws IOException {
            if (missing == 0) {
                pass();
            }
            target.flush();
        }

        @Override
        public synchronized void close() throws IOException {
            pass();
            target.close();
        }

        private void pass() throws IOException {
            if (whole.size() > 0) {
                byte[] bytes = text(whole.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
                whole.reset();
                target.write(bytes);
            }
        }
    }
}
