// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes out characters that a terminal would obey instead of showing: names from data may hold any.
 *
 * <p>Those are control characters but line feed and tab, and the marks that turn the direction of writing. Each is
 * written as JSON would escape it, so JSON that is printed stays the same JSON.
 */
final class Harmless {
    private Harmless() {}

    /** The text, safe to show. */
    static String text(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (isObeyed(text.charAt(at))) {
                return replaced(text);
            }
        }
        return text;
    }

    /** A stream of UTF-8 that passes on what is safe to show. */
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
                || (character >= 0x2066 && character <= 0x2069);
    }

    /** Collects the bytes of characters until they are whole. */
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
