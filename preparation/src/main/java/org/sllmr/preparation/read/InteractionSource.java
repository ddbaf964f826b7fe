// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * Where interactions come from.
 *
 * @param file one interaction a row
 * @param user column of the user id
 * @param item column of the item id
 * @param time column of the time; it may be empty in rows only where positions are given
 * @param position column of whole numbers that settles the order within a user; none where time does, and the order of
 *     rows where times are equal
 * @param timeFormat how times are written; by default in seconds
 * @param fields context fields: what is known of the interaction itself
 */
public record InteractionSource(
        TableFile file,
        String user,
        String item,
        Optional<String> time,
        Optional<String> position,
        Optional<TimeFormat> timeFormat,
        List<FieldSettings> fields) {
    /** Checks that something settles the order. */
    public InteractionSource {
        fields = List.copyOf(fields);
        new Checks()
                .require(
                        time.isPresent() || position.isPresent(),
                        "time",
                        "is missing, and so is position; one of the two columns has to settle the order")
                .done();
    }

    /** Interactions with times in seconds and nothing else. */
    public static InteractionSource of(TableFile file, String user, String item, String time) {
        return new InteractionSource(
                file, user, item, Optional.of(time), Optional.empty(), Optional.empty(), List.of());
    }

    /** The same with a column of positions. */
    public InteractionSource withPosition(String column) {
        return new InteractionSource(file, user, item, time, Optional.of(column), timeFormat, fields);
    }

    /** The same with context fields. */
    public InteractionSource withFields(FieldSettings... contextFields) {
        return new InteractionSource(file, user, item, time, position, timeFormat, List.of(contextFields));
    }
}
