// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.openai.core.http.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * The time to wait that a provider requests.
 *
 * <p>{@code retry-after-ms} is milliseconds; {@code Retry-After} is seconds or a date (RFC 9110, Section 10.2.3). A
 * date is compared with the {@code Date} of the same response, because clocks differ.
 */
final class RetryAfter {
    private static final double MAX_MILLIS = Duration.ofDays(365).toMillis();

    private RetryAfter() {}

    static Optional<Duration> of(Headers headers, Instant now) {
        Optional<Duration> millis = first(headers, "retry-after-ms").flatMap(value -> number(value, 1));
        if (millis.isPresent()) {
            return millis;
        }
        Optional<String> value = first(headers, "retry-after");
        Optional<Duration> seconds = value.flatMap(text -> number(text, 1000));
        if (seconds.isPresent()) {
            return seconds;
        }
        Instant sent = first(headers, "date").flatMap(RetryAfter::date).orElse(now);
        return value.flatMap(RetryAfter::date)
                .map(until -> Duration.between(sent, until))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<String> first(Headers headers, String name) {
        List<String> values = headers.values(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0).strip());
    }

    private static Optional<Duration> number(String text, double millis) {
        try {
            double value = Double.parseDouble(text) * millis;
            return value >= 0
                    ? Optional.of(Duration.ofMillis((long) Math.ceil(Math.min(value, MAX_MILLIS))))
                    : Optional.empty();
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
