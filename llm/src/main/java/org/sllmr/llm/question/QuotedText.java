// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/**
 * Item text as prompts show it: a JSON string that cannot leave its line or quotes, or change how the text around it is
 * read.
 *
 * <p>Sequences of white space and control characters, including all Unicode line breaks, become one blank. Invisible
 * format characters, which can reverse the text direction or hide instructions, are dropped, except the two joiners
 * that emoji and Persian need.
 */
final class QuotedText {
    /** Marks the end of a truncated text. */
    static final String CUT = "…";

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int FIRST_SUPPLEMENTARY_VARIATION = 0xE0100;
    private static final int LAST_SUPPLEMENTARY_VARIATION = 0xE01EF;
    private static final int REPLACEMENT = 0xFFFD;

    private QuotedText() {}

    /** A text in quotes. */
    static String of(String text, int maxCharacters) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), maxCharacters) + 8).append('"');
        clean(text, maxCharacters).codePoints().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\');
            }
            quoted.appendCodePoint(character);
        });
        return quoted.append('"').toString();
    }

    /** The cleaned text, truncated to a number of characters. */
    static String clean(String text, int maxCharacters) {
        StringBuilder kept = new StringBuilder();
        int characters = 0;
        boolean blank = false;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (isBlank(character)) {
                blank = characters > 0;
            } else if (!isHidden(character)) {
                int needed = blank ? 2 : 1;
                if (characters + needed > maxCharacters) {
                    return kept.append(CUT).toString();
                }
                if (blank) {
                    kept.append(' ');
                }
                kept.appendCodePoint(Character.getType(character) == Character.SURROGATE ? REPLACEMENT : character);
                characters += needed;
                blank = false;
            }
        }
        return kept.toString();
    }

    private static boolean isBlank(int character) {
        return Character.isISOControl(character)
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character);
    }

    private static boolean isHidden(int character) {
        boolean format = Character.getType(character) == Character.FORMAT
                && character != ZERO_WIDTH_JOINER
                && character != ZERO_WIDTH_NON_JOINER;
        return format || (character >= FIRST_SUPPLEMENTARY_VARIATION && character <= LAST_SUPPLEMENTARY_VARIATION);
    }
}
