// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How each type of scalar is read from text and written as text. */
final class Scalars {
    /** A text is not a value of the type; the message says what was found and what is allowed. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Reads a text. */
    interface Parser {
        Object parse(String text) throws Refused;
    }

    /** Both directions; {@code write(parse(text))} parses to an equal value. */
    record Codec(Parser parser, Function<Object, String> writer) {}

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,30}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private static final Map<Class<?>, Codec> CODECS = Map.ofEntries(
            Map.entry(int.class, integer(Integer.MIN_VALUE, Integer.MAX_VALUE, BigInteger::intValueExact)),
            Map.entry(Integer.class, integer(Integer.MIN_VALUE, Integer.MAX_VALUE, BigInteger::intValueExact)),
            Map.entry(long.class, integer(Long.MIN_VALUE, Long.MAX_VALUE, BigInteger::longValueExact)),
            Map.entry(Long.class, integer(Long.MIN_VALUE, Long.MAX_VALUE, BigInteger::longValueExact)),
            Map.entry(double.class, new Codec(Scalars::decimal, Scalars::plain)),
            Map.entry(Double.class, new Codec(Scalars::decimal, Scalars::plain)),
            Map.entry(float.class, new Codec(Scalars::singlePrecision, Scalars::plain)),
            Map.entry(Float.class, new Codec(Scalars::singlePrecision, Scalars::plain)),
            Map.entry(boolean.class, new Codec(Scalars::bool, Object::toString)),
            Map.entry(Boolean.class, new Codec(Scalars::bool, Object::toString)),
            Map.entry(String.class, new Codec(text -> text, Object::toString)),
            Map.entry(Path.class, new Codec(Scalars::path, Object::toString)));

    private Scalars() {}

    /** The codec of a type, or null if its values are not scalars. */
    static @Nullable Codec of(Class<?> type) {
        return type.isEnum() ? enumCodec(type) : CODECS.get(type);
    }

    private static Codec enumCodec(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(Spelling.hyphenated((Enum<?>) constant), constant);
        }
        return new Codec(
                text -> {
                    Object constant = constants.get(text);
                    if (constant == null) {
                        throw new Refused("is '" + text + "', allowed is " + String.join(", ", constants.keySet()));
                    }
                    return constant;
                },
                value -> Spelling.hyphenated((Enum<?>) value));
    }

    private static Codec integer(long minimum, long maximum, Function<BigInteger, Object> exact) {
        return new Codec(
                text -> {
                    if (!WHOLE.matcher(text).matches()) {
                        throw new Refused("is '" + text + "', a whole number is needed, such as 128");
                    }
                    try {
                        return exact.apply(new BigInteger(text));
                    } catch (ArithmeticException e) {
                        throw new Refused("is " + text + ", allowed is " + minimum + " to " + maximum);
                    }
                },
                Object::toString);
    }

    private static Object decimal(String text) throws Refused {
        double value = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new Refused("is '" + text + "', a finite number is needed, such as 0.1 or 1e-3");
        }
        return value;
    }

    private static Object singlePrecision(String text) throws Refused {
        decimal(text);
        float value = Float.parseFloat(text);
        if (!Float.isFinite(value)) {
            throw new Refused("is " + text + ", allowed is up to " + Float.MAX_VALUE);
        }
        return value;
    }

    private static Object bool(String text) throws Refused {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refused("is '" + text + "', allowed is true or false");
        };
    }

    private static Object path(String text) throws Refused {
        if (text.isBlank()) {
            throw new Refused("is empty, a path is needed");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Refused("is not a path: " + e.getMessage());
        }
    }

    /** Numbers in plain notation: {@code 0.0001}, not {@code 1.0E-4}. */
    private static String plain(Object number) {
        String text = number.toString();
        BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
        int magnitude = exact.precision() - exact.scale();
        return magnitude >= -5 && magnitude <= 15 && !text.startsWith("-0.0") ? exact.toPlainString() : text;
    }
}
