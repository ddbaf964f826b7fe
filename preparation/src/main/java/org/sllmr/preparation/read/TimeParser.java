// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.sllmr.data.InteractionLog;

/**
 * Reads times as seconds since 1970.
 *
 * <p>Whole numbers in a finer unit would be valid seconds, but in a far future; so times from the year 5138 on are
 * refused.
 */
final class TimeParser {
    /** Seconds since 1970 until the year 5138; as milliseconds, the same number is in 1973. */
    private static final long LATEST = 100_000_000_000L;

    private static final long FIRST_YEAR_ENDS = 31_536_000;

    private final TimeFormat format;

    TimeParser(TimeFormat format) {
        this.format = format;
    }

    /** The time, or {@link InteractionLog#NO_TIME} if the text is not a time in this format. */
    long parse(String text) {
        try {
            long seconds = format == TimeFormat.ISO ? iso(text) : Math.floorDiv(wholeNumber(text), perSecond(format));
            return Math.abs(seconds) < LATEST ? seconds : InteractionLog.NO_TIME;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return InteractionLog.NO_TIME;
        }
    }

    /** The error in a text that is not a time in this format, with a remedy. */
    String fault(String text) {
        for (TimeFormat other : TimeFormat.values()) {
            long seconds = other == format ? InteractionLog.NO_TIME : new TimeParser(other).parse(text);
            if (other == TimeFormat.ISO ? seconds != InteractionLog.NO_TIME : seconds > FIRST_YEAR_ENDS) {
                return (format == TimeFormat.SECONDS && other != TimeFormat.ISO
                                ? "is too large for seconds since 1970; in " + name(other) + " it is "
                                : "is not " + example() + "; in format " + name(other) + " it is ")
                        + day(seconds) + "; set --time-format " + name(other)
                        + " (interactions.timeFormat), or --position if it is not a time";
            }
        }
        return "is not " + example() + "; correct it, or choose another time format";
    }

    /**
     * The error in all times together, or "": a unit that is too fine puts all of them into 1970.
     *
     * @param earliest seconds since 1970
     * @param latest seconds since 1970
     */
    String fault(long earliest, long latest) {
        if (format == TimeFormat.SECONDS || format == TimeFormat.ISO || latest > FIRST_YEAR_ENDS || earliest < 0) {
            return "";
        }
        return "all times are in 1970 (from " + day(earliest) + " to " + day(latest) + ") when read as " + name(format)
                + "; choose their unit, such as --time-format seconds";
    }

    private String example() {
        return switch (format) {
            case SECONDS -> "seconds since 1970 such as 1406073600";
            case MILLISECONDS -> "milliseconds since 1970 such as 1406073600000";
            case MICROSECONDS -> "microseconds since 1970 such as 1406073600000000";
            case NANOSECONDS -> "nanoseconds since 1970 such as 1406073600000000000";
            case ISO -> "a date such as 2014-07-23 or 2014-07-23T10:15:30Z";
        };
    }

    private static String name(TimeFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private static LocalDate day(long seconds) {
        return Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static long perSecond(TimeFormat format) {
        return switch (format) {
            case MILLISECONDS -> 1_000;
            case MICROSECONDS -> 1_000_000;
            case NANOSECONDS -> 1_000_000_000;
            case SECONDS, ISO -> 1;
        };
    }

    private static long iso(String text) {
        if (text.length() <= 10) {
            return LocalDate.parse(text).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        }
        String time = text.substring(11).toUpperCase(Locale.ROOT);
        char between = text.charAt(10);
        if (between != ' ' && between != 'T' && between != 't') {
            throw new DateTimeException(text);
        }
        int zone = 0;
        while (zone < time.length() && (Character.isDigit(time.charAt(zone)) || ":.".indexOf(time.charAt(zone)) >= 0)) {
            zone++;
        }
        return LocalDateTime.parse(text.substring(0, 10) + 'T' + time.substring(0, zone))
                .toEpochSecond(offset(time.substring(zone).strip()));
    }

    private static ZoneOffset offset(String zone) {
        return switch (zone) {
            case "", "Z", "UTC", "GMT" -> ZoneOffset.UTC;
            default -> ZoneOffset.of(zone);
        };
    }

    /** A number without the fraction that pandas and others add to whole numbers. */
    static long wholeNumber(String text) {
        if (text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
            return Long.parseLong(text);
        }
        double value = Double.parseDouble(text);
        if (!(Math.abs(value) < Long.MAX_VALUE)) {
            throw new NumberFormatException(text);
        }
        // Doubles are too coarse for nanoseconds.
        return Math.abs(value) < (1L << 52)
                ? (long) Math.floor(value)
                : new BigDecimal(text).setScale(0, RoundingMode.FLOOR).longValueExact();
    }
}
