// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** Values of a DataFrame as the texts that a Parquet file with the same values is read as. */
final class Cells {
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private Cells() {}

    /** Whether values of a type are read: texts, numbers, times, and lists of them. */
    static boolean readable(DataType type) {
        if (type instanceof ArrayType array) {
            return readable(array.elementType());
        }
        return (type instanceof AtomicType && !(type instanceof BinaryType)) || type instanceof NullType;
    }

    /** Whether values of a type are instants, whatever the format of times. */
    static boolean isInstant(DataType type) {
        return type instanceof TimestampType || type instanceof TimestampNTZType || type instanceof DateType;
    }

    /** The values of a cell: none if missing, several if it is a list, then with "" for a missing one. */
    static List<String> of(@Nullable Object value) {
        if (value instanceof String text) {
            return text.isEmpty() ? List.of() : List.of(text);
        }
        if (value instanceof scala.collection.Iterable<?> list) {
            List<String> values = new ArrayList<>();
            add(list, values);
            return values;
        }
        String text = text(value);
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static void add(scala.collection.Iterable<?> list, List<String> values) {
        for (scala.collection.Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
            Object element = elements.next();
            if (element instanceof scala.collection.Iterable<?> inner) {
                add(inner, values);
            } else {
                values.add(text(element));
            }
        }
    }

    /** A cell with an instant, in whole seconds since 1970. */
    static List<String> seconds(@Nullable Object value) {
        return value == null ? List.of() : List.of(Long.toString(epochSecond(value)));
    }

    private static long epochSecond(Object value) {
        if (value instanceof java.sql.Timestamp timestamp) {
            return timestamp.toInstant().getEpochSecond();
        } else if (value instanceof Instant instant) {
            return instant.getEpochSecond();
        } else if (value instanceof LocalDateTime time) {
            return time.toEpochSecond(ZoneOffset.UTC);
        }
        LocalDate day = value instanceof java.sql.Date date ? date.toLocalDate() : (LocalDate) value;
        return day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        } else if (value instanceof Double number) {
            return number.isNaN() ? "" : decimal(number.toString());
        } else if (value instanceof Float number) {
            return number.isNaN() ? "" : decimal(number.toString());
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        } else if (value instanceof java.sql.Timestamp timestamp) {
            return zoned(timestamp.toInstant());
        } else if (value instanceof Instant instant) {
            return zoned(instant);
        } else if (value instanceof LocalDateTime time) {
            return DATE_TIME.format(time);
        }
        return value.toString();
    }

    private static String zoned(Instant instant) {
        return DATE_TIME.format(instant.atOffset(ZoneOffset.UTC)) + "+00";
    }

    /** A number as it is written elsewhere: 1e+16 in place of 1.0E16, and no exponent from 0.0001 to below 1e16. */
    private static String decimal(String text) {
        int exponentAt = text.indexOf('E');
        if (exponentAt < 0) {
            return text.replace("Infinity", "inf");
        }
        int exponent = Integer.parseInt(text.substring(exponentAt + 1));
        if (exponent >= -4 && exponent < 16) {
            String plain = new BigDecimal(text).toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain.replaceAll("(?<=[^.])0+$", "");
        }
        String digits = text.substring(0, exponentAt).replaceAll("\\.0$", "");
        return digits + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
