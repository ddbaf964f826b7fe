// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses one Python literal: dictionaries, lists, tuples, strings, numbers, {@code True}, {@code False}, {@code None}.
 *
 * <p>Dictionaries become maps, lists and tuples become lists, numbers and booleans become strings as written, {@code
 * None} becomes null. Nothing is evaluated.
 */
final class PythonLiteral {
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int at;
    private int depth;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** A text is not a literal; the message says why and where. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        private SyntaxException(String expected, int at) {
            super("expected " + expected + " at column " + (at + 1));
        }
    }

    /** Parses the whole text. */
    static @Nullable Object parse(String text) throws SyntaxException {
        PythonLiteral parser = new PythonLiteral(text);
        Object value = parser.value();
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.expected("the end");
        }
        return value;
    }

    private @Nullable Object value() throws SyntaxException {
        skipSpace();
        if (at == text.length()) {
            throw expected("a value");
        }
        if (++depth > MAX_DEPTH) {
            throw expected("at most " + MAX_DEPTH + " levels");
        }
        char first = text.charAt(at);
        Object value = switch (first) {
            case '{' -> dictionary();
            case '[' -> sequence(']');
            case '(' -> sequence(')');
            case '\'', '"' -> PythonString.decode(string(), true);
            default -> word();
        };
        depth--;
        return value;
    }

    private Map<String, @Nullable Object> dictionary() throws SyntaxException {
        at++;
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        while (!accept('}')) {
            int keyAt = at;
            if (!(value() instanceof String key)) {
                at = keyAt;
                throw expected("a string as key");
            }
            if (!accept(':')) {
                throw expected("':'");
            }
            entries.put(key, value());
            if (!accept(',') && !peek('}')) {
                throw expected("',' or '}'");
            }
        }
        return entries;
    }

    private List<@Nullable Object> sequence(char end) throws SyntaxException {
        at++;
        List<@Nullable Object> elements = new ArrayList<>();
        while (!accept(end)) {
            elements.add(value());
            if (!accept(',') && !peek(end)) {
                throw expected("',' or '" + end + "'");
            }
        }
        return elements;
    }

    /** The characters between the quotes, with escapes unresolved. */
    private String string() throws SyntaxException {
        char quote = text.charAt(at++);
        int start = at;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            at = text.length();
            throw expected("the end of the string that begins at column " + start);
        }
        return text.substring(start, at++);
    }

    private @Nullable Object word() throws SyntaxException {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-._".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        boolean prefixed = at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"');
        if (prefixed && (word.equals("u") || word.equals("b"))) {
            return PythonString.decode(string(), word.equals("b"));
        }
        // NaN is a missing value, like None.
        if (word.equals("None") || word.toLowerCase(Locale.ROOT).equals("nan")) {
            return null;
        }
        if (isInfinite(word) || word.equals("True") || word.equals("False") || isNumber(word)) {
            return word;
        }
        at = start;
        throw expected("a value");
    }

    private static boolean isInfinite(String word) {
        String size = word.startsWith("-") ? word.substring(1) : word;
        return size.equals("inf") || size.equals("Infinity");
    }

    private static boolean isNumber(String word) {
        String digits = word.endsWith("L") ? word.substring(0, word.length() - 1) : word;
        try {
            return !digits.isEmpty() && Double.isFinite(Double.parseDouble(digits));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private boolean accept(char wanted) {
        skipSpace();
        if (peek(wanted)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean peek(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private SyntaxException expected(String what) {
        return new SyntaxException(what, at);
    }
}
