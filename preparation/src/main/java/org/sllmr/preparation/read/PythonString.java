// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The escapes of Python's string literals. */
final class PythonString {
    private PythonString() {}

    /**
     * Resolves escapes; an unknown escape stays unchanged, as in Python.
     *
     * @param text the characters between the quotes
     * @param bytes whether {@code \xHH} may be bytes: strings without a prefix are bytes in Python 2, so sequences that
     *     are valid UTF-8 are decoded
     */
    static String decode(String text, boolean bytes) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); ) {
            int width = bytes ? byteEscape(text, at) : 0;
            if (width > 0) {
                run.write(Integer.parseInt(text, at + 2, at + width, 16));
                at += width;
            } else {
                flush(run, decoded);
                at = text.charAt(at) == '\\' ? escape(text, at, decoded) : plain(text, at, decoded);
            }
        }
        flush(run, decoded);
        return TextFile.wholeCharacters(decoded.toString());
    }

    private static int plain(String text, int at, StringBuilder decoded) {
        decoded.append(text.charAt(at));
        return at + 1;
    }

    private static int byteEscape(String text, int at) {
        boolean escape = text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == 'x';
        return escape && hexadecimal(text, at + 2, 2) ? 4 : 0;
    }

    private static void flush(ByteArrayOutputStream run, StringBuilder decoded) {
        if (run.size() == 0) {
            return;
        }
        byte[] bytes = run.toByteArray();
        run.reset();
        try {
            decoded.append(TextFile.decode(bytes, 0, bytes.length));
        } catch (CharacterCodingException e) {
            decoded.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** Decodes the escape at a backslash, and returns its end. */
    private static int escape(String text, int at, StringBuilder decoded) {
        char kind = text.charAt(at + 1);
        int simple = "nrtabfv\\'\"".indexOf(kind);
        if (simple >= 0) {
            decoded.append("\n\r\t\u0007\b\f\u000b\\'\"".charAt(simple));
            return at + 2;
        }
        int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        if (digits > 0 && hexadecimal(text, at + 2, digits)) {
            int point = Integer.parseUnsignedInt(text, at + 2, at + 2 + digits, 16);
            decoded.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xfffd);
            return at + 2 + digits;
        }
        int end = at + 1;
        while (end < text.length() && end < at + 4 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
            end++;
        }
        if (end > at + 1) {
            decoded.append((char) Integer.parseInt(text, at + 1, end, 8));
            return end;
        }
        decoded.append('\\').append(kind);
        return at + 2;
    }

    private static boolean hexadecimal(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return false;
        }
        for (int at = from; at < from + digits; at++) {
            if (Character.digit(text.charAt(at), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
