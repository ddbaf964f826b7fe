// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.sllmr.data.InteractionLog;

/** Reads times as seconds since 1970. */
final class TimeParser {
    private final TimeFormat format;

    TimeParser(TimeFormat format) {
        this.format = format;
    }

    /** The time, or {@link InteractionLog#NO_TIME} if the text is none in this format. */
    long parse(String text) {
        try {
            return switch (format) {
                case SECONDS -> number(text);
                case MILLISECONDS -> Math.floorDiv(number(text), 1000);
                case ISO -> iso(text);
            };
        } catch (NumberFormatException | DateTimeException e) {
            return InteractionLog.NO_TIME;
        }
    }

    /** What a right time looks like, for messages. */
    String example() {
        return switch (format) {
            case SECONDS -> "seconds since 1970 such as 1406073600";
            case MILLISECONDS -> "milliseconds since 1970 such as 1406073600000";
            case ISO -> "a date such as 2014-07-23 or 2014-07-23T10:15:30Z";
        };
    }

    private static long iso(String text) {
        String time = text.replace(' ', 'T');
        if (time.indexOf('T') < 0) {
            return LocalDate.parse(time).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        }
        boolean zoned = time.endsWith("Z") || time.indexOf('+', 10) > 0 || time.indexOf('-', 10) > 0;
        return zoned
                ? OffsetDateTime.parse(time).toEpochSecond()
                : LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC);
    }

    private static long number(String text) {
        if (text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
            return Long.parseLong(text);
        }
        double value = Double.parseDouble(text);
        if (!(Math.abs(value) < 1e18)) {
            throw new NumberFormatException(text);
        }
        return (long) Math.floor(value);
    }
}
