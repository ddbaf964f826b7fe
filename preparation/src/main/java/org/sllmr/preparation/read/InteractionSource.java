// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * The file of interactions and its columns.
 *
 * @param file one interaction per row
 * @param user column of the user id
 * @param item column of the item id
 * @param time column of the time; a row may lack it only if there is a position column
 * @param position column of whole numbers that sort a user's interactions; without it, they are sorted by time, and
 *     ties stay in the order of rows
 * @param timeFormat how times are written; by default in seconds
 * @param fields context fields, which describe the interaction itself
 * @param numbers columns of numbers that describe the interaction itself
 */
public record InteractionSource(
        TableFile file,
        String user,
        String item,
        Optional<String> time,
        Optional<String> position,
        Optional<TimeFormat> timeFormat,
        List<FieldSettings> fields,
        List<String> numbers) {
    /** Checks that there is a time or position column. */
    public InteractionSource {
        fields = List.copyOf(fields);
        numbers = List.copyOf(numbers);
        FieldNames.require(fields, numbers, List.of(), List.of());
        new Checks()
                .require(
                        time.isPresent() || position.isPresent(),
                        "time",
                        "is missing, and so is position; one of the two columns is needed to sort interactions")
                .done();
    }

    /** Interactions without numbers. */
    public InteractionSource(
            TableFile file,
            String user,
            String item,
            Optional<String> time,
            Optional<String> position,
            Optional<TimeFormat> timeFormat,
            List<FieldSettings> fields) {
        this(file, user, item, time, position, timeFormat, fields, List.of());
    }

    /** Interactions with times in seconds and nothing else. */
    public static InteractionSource of(TableFile file, String user, String item, String time) {
        return new InteractionSource(
                file, user, item, Optional.of(time), Optional.empty(), Optional.empty(), List.of());
    }

    /** The same with a column of positions. */
    public InteractionSource withPosition(String column) {
        return new InteractionSource(file, user, item, time, Optional.of(column), timeFormat, fields, numbers);
    }

    /** The same with context fields. */
    public InteractionSource withFields(FieldSettings... contextFields) {
        return new InteractionSource(file, user, item, time, position, timeFormat, List.of(contextFields), numbers);
    }
}
