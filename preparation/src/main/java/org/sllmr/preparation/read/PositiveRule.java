// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides by one column which rows are positives. */
final class PositiveRule {
    /** The value is not one that the rule can decide on. */
    static final int UNDECIDED = -1;

    /** An unquoted value does not begin with a sign of comparison: {@code =>} would be read as {@code = '> ...'}. */
    private static final Pattern COMPARISON =
            Pattern.compile("\\s*([^<>=]+?)\\s*(>=|<=|!=|==|=|>|<)(?!\\s*[<>=!])\\s*(.*?)\\s*");

    private final String column;
    private final String operator;
    private final String text;
    /** The value to compare with as a number; null if it is none. */
    private final @Nullable Double number;

    private PositiveRule(String column, String operator, String text) {
        this.column = column;
        this.operator = operator;
        this.text = text;
        this.number = number(text);
    }

    /** A column of labels. */
    static PositiveRule ofLabels(String column) {
        return new PositiveRule(column, "", "");
    }

    /** A comparison of a column with a number or text; empty if it is not one. */
    static Optional<PositiveRule> parse(String comparison) {
        Matcher matcher = COMPARISON.matcher(comparison);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String operator = matcher.group(2).equals("==") ? "=" : matcher.group(2);
        PositiveRule rule = new PositiveRule(matcher.group(1), operator, unquoted(matcher.group(3)));
        return rule.ordered() && rule.number == null ? Optional.empty() : Optional.of(rule);
    }

    String column() {
        return column;
    }

    /** 1 for a positive, 0 for a negative, or {@link #UNDECIDED}. */
    int label(String value) {
        if (operator.isEmpty()) {
            return labelled(value);
        }
        Double limit = number;
        Double given = limit == null ? null : number(value);
        if (limit == null || given == null) {
            return ordered() ? UNDECIDED : value.equals(text) == operator.equals("=") ? 1 : 0;
        }
        int order = Double.compare(given, limit);
        boolean positive = switch (operator) {
            case ">=" -> order >= 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            case "<" -> order < 0;
            case "=" -> order == 0;
            default -> order != 0;
        };
        return positive ? 1 : 0;
    }

    /** What is wrong with a value that is undecided, with a remedy. */
    String fault(String value) {
        return operator.isEmpty()
                ? "label '" + value + "' in column '" + column + "' is neither 0 nor 1 (nor true or false); correct it,"
                        + " or say which rows are positives, such as --positive '" + column + " >= 1'"
                : "'" + value + "' in column '" + column + "' is not a number, so it cannot be compared by '" + operator
                        + " " + text + "'; correct it or remove the line";
    }

    private boolean ordered() {
        return operator.startsWith("<") || operator.startsWith(">");
    }

    private static int labelled(String value) {
        if (value.length() == 1) {
            return value.charAt(0) == '1' ? 1 : value.charAt(0) == '0' ? 0 : UNDECIDED;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1.0" -> 1;
            case "false", "0.0" -> 0;
            default -> UNDECIDED;
        };
    }

    private static @Nullable Double number(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isNaN(value) ? null : value == 0 ? 0.0 : value;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
