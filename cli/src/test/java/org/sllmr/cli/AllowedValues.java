// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the column "allowed" says, held against what reading a setting accepts. */
final class AllowedValues {
    private static final String NUMBER = "([-`\\w.,]+)";
    private static final Pattern BETWEEN = Pattern.compile(NUMBER + " to " + NUMBER);
    private static final Pattern BELOW = Pattern.compile(NUMBER + " to below " + NUMBER);
    private static final Pattern ABOVE_UP_TO = Pattern.compile("above " + NUMBER + " up to " + NUMBER);
    private static final Pattern OR_MORE = Pattern.compile(NUMBER + " or more");
    private static final Pattern ABOVE = Pattern.compile("above " + NUMBER);
    private static final Pattern DIVISOR = Pattern.compile("a divisor of " + NUMBER);
    private static final Pattern ZERO_OR = Pattern.compile("0, or " + NUMBER + " or more");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final Type type;
    private final Function<String, Boolean> accepts;
    private final Function<String, String> valueOf;

    /**
     * The values of a setting.
     *
     * @param type of the record's component
     * @param accepts whether reading accepts a value
     * @param valueOf the value of another key, for ranges that end at it
     */
    AllowedValues(Type type, Function<String, Boolean> accepts, Function<String, String> valueOf) {
        this.type = type instanceof ParameterizedType parameterized && parameterized.getRawType() == Optional.class
                ? parameterized.getActualTypeArguments()[0]
                : type;
        this.accepts = accepts;
        this.valueOf = valueOf;
    }

    /** Fails unless the words are true of the setting. */
    void check(String allowed) {
        if (!kindIsRight(allowed) && !rangeIsRight(allowed)) {
            throw new AssertionError("'" + allowed + "' says nothing that can be checked of " + type);
        }
    }

    private boolean kindIsRight(String allowed) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
        Map<String, Boolean> kinds = Map.of(
                "text",
                raw == String.class,
                "metric",
                raw == String.class && !accepts.apply("no-metric"),
                "path",
                raw == Path.class,
                "list",
                raw == List.class,
                "mapping",
                raw == Map.class,
                "settings",
                raw.isRecord(),
                "choice",
                raw.isInterface() && !accepts.apply("no-such-name"),
                "true, false",
                raw == boolean.class,
                "any number",
                raw == double.class && accepts.apply("-1e6") && accepts.apply("0.5"),
                "any whole number",
                isWhole(raw) && accepts.apply("-1000000") && accepts.apply("0"));
        if (kinds.containsKey(allowed)) {
            require(kinds.get(allowed), allowed);
            return true;
        }
        if (raw.isEnum()) {
            List<String> names =
                    NAME.matcher(allowed).results().map(name -> name.group(1)).toList();
            List<String> constants = Arrays.stream(raw.getEnumConstants())
                    .map(constant ->
                            ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
            require(names.size() == constants.size() && names.containsAll(constants), allowed + ", not " + constants);
            require(names.stream().allMatch(accepts::apply), allowed);
            return true;
        }
        return false;
    }

    private static boolean isWhole(Class<?> raw) {
        return raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class;
    }

    private boolean rangeIsRight(String allowed) {
        Optional<double[]> range = bounds(BETWEEN, allowed);
        if (range.isPresent()) {
            requireEnds(range.get()[0], true, range.get()[1], true);
            return true;
        }
        range = bounds(BELOW, allowed);
        if (range.isPresent()) {
            requireEnds(range.get()[0], true, range.get()[1], false);
            return true;
        }
        range = bounds(ABOVE_UP_TO, allowed);
        if (range.isPresent()) {
            requireEnds(range.get()[0], false, range.get()[1], true);
            return true;
        }
        range = bounds(ZERO_OR, allowed);
        if (range.isPresent()) {
            require(accepts.apply("0") && !accepts.apply("-1"), "0");
            requireEnds(range.get()[0], true, range.get()[0] + 1000, true, false);
            return true;
        }
        range = bounds(OR_MORE, allowed);
        if (range.isPresent()) {
            requireEnds(range.get()[0], true, range.get()[0] + 1000, true, false);
            return true;
        }
        range = bounds(DIVISOR, allowed);
        if (range.isPresent()) {
            int multiple = (int) range.get()[0];
            for (int number = 0; number <= multiple + 1; number++) {
                boolean divides = number > 0 && multiple % number == 0;
                require(accepts.apply(Integer.toString(number)) == divides, Integer.toString(number));
            }
            return true;
        }
        range = bounds(ABOVE, allowed);
        range.ifPresent(from -> requireEnds(from[0], false, from[0] + 1000, true, false));
        return range.isPresent();
    }

    private Optional<double[]> bounds(Pattern pattern, String allowed) {
        Matcher matcher = pattern.matcher(allowed);
        return matcher.matches() ? Optional.of(bounds(matcher)) : Optional.empty();
    }

    private double[] bounds(MatchResult match) {
        double[] bounds = new double[match.groupCount()];
        for (int i = 0; i < bounds.length; i++) {
            String text = match.group(i + 1);
            bounds[i] = Double.parseDouble(
                    text.startsWith("`") ? valueOf.apply(text.replace("`", "")) : text.replace(",", ""));
        }
        return bounds;
    }

    private void requireEnds(double least, boolean leastAllowed, double most, boolean mostAllowed) {
        requireEnds(least, leastAllowed, most, mostAllowed, true);
    }

    private void requireEnds(double least, boolean leastAllowed, double most, boolean mostAllowed, boolean endsThere) {
        requireAt(least, leastAllowed);
        requireAt(least - step(least), false);
        requireAt(least + step(least), true);
        requireAt(most, mostAllowed);
        if (endsThere) {
            requireAt(most + step(most), false);
            requireAt(most - step(most), true);
        }
    }

    private double step(double at) {
        return type == double.class || type == Double.class ? Math.max(1e-21, Math.abs(at) * 1e-9) : 1;
    }

    private void requireAt(double value, boolean allowed) {
        String text = value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
        require(accepts.apply(text) == allowed, text + " is " + (allowed ? "refused" : "accepted"));
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
