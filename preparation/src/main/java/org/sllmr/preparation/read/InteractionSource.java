// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * The file of interactions and its columns.
 *
 * @param file one interaction per row
 * @param user column of the user id; may be missing only where rows have labels: they then have no histories
 * @param item column of the item id
 * @param time column of the time; a row may lack it only if there is a position column
 * @param position column of whole numbers that sort a user's interactions; without it, they are sorted by time, and
 *     ties stay in the order of rows
 * @param timeFormat how times are written; by default in seconds
 * @param fields context fields, which describe the interaction itself
 * @param numbers columns of numbers that describe the interaction itself
 * @param labels which rows are positives; by default all
 * @param parts further files: histories, and the parts of the split
 */
public record InteractionSource(
        TableFile file,
        Optional<String> user,
        String item,
        Optional<String> time,
        Optional<String> position,
        Optional<TimeFormat> timeFormat,
        List<FieldSettings> fields,
        List<String> numbers,
        Optional<LabelSettings> labels,
        PartFiles parts) {
    /** Checks that there is a time or position column, and users unless rows have labels. */
    public InteractionSource {
        fields = List.copyOf(fields);
        numbers = List.copyOf(numbers);
        FieldNames.require(fields, numbers, List.of(), List.of());
        new Checks()
                .require(
                        user.isPresent() || labels.isPresent(),
                        "user",
                        "is missing; only rows with labels can do without users")
                .require(
                        fields.stream().noneMatch(field -> isLabel(labels, field.column())),
                        "fields",
                        "has the column that decides on the label, which would give it away; leave it out")
                .require(
                        !user.equals(Optional.of(item)),
                        "item",
                        "is the column '" + item + "', which is the user's too; name two columns")
                .require(
                        time.isEmpty() || (!time.equals(user) && !time.equals(Optional.of(item))),
                        "time",
                        "is a column of ids; name the column of the times")
                .require(
                        position.isEmpty() || (!position.equals(user) && !position.equals(Optional.of(item))),
                        "position",
                        "is a column of ids; name the column of the positions")
                .require(
                        user.isPresent() || parts.history().isEmpty(),
                        "parts.history",
                        "is set, but there is no user column whose histories it could be")
                .require(
                        time.isPresent() || position.isPresent(),
                        "time",
                        "is missing, and so is position; one of the two columns is needed to sort interactions")
                .done();
    }

    /** Positives of users, with context fields and without numbers. */
    public InteractionSource(
            TableFile file,
            String user,
            String item,
            Optional<String> time,
            Optional<String> position,
            Optional<TimeFormat> timeFormat,
            List<FieldSettings> fields) {
        this(
                file,
                Optional.of(user),
                item,
                time,
                position,
                timeFormat,
                fields,
                List.of(),
                Optional.empty(),
                PartFiles.none());
    }

    /** Interactions with times in seconds and nothing else. */
    public static InteractionSource of(TableFile file, String user, String item, String time) {
        return new InteractionSource(
                file, user, item, Optional.of(time), Optional.empty(), Optional.empty(), List.of());
    }

    private static boolean isLabel(Optional<LabelSettings> labels, String column) {
        return labels.map(one -> one.rule().column().equals(column)).orElse(false);
    }

    /** The same with labels. */
    public InteractionSource withLabels(LabelSettings settings) {
        return new InteractionSource(
                file, user, item, time, position, timeFormat, fields, numbers, Optional.of(settings), parts);
    }

    /** The same with further files. */
    public InteractionSource withParts(PartFiles files) {
        return new InteractionSource(file, user, item, time, position, timeFormat, fields, numbers, labels, files);
    }

    /** All files with their part: histories first, then training, validation and test. */
    List<PartedTable.File> files() {
        List<PartedTable.File> files = new ArrayList<>();
        parts.history().ifPresent(path -> files.add(new PartedTable.File(file.at(path), RawLabels.HISTORY)));
        files.add(new PartedTable.File(file, RawLabels.TRAINING));
        parts.validation().ifPresent(path -> files.add(new PartedTable.File(file.at(path), RawLabels.VALIDATION)));
        parts.test().ifPresent(path -> files.add(new PartedTable.File(file.at(path), RawLabels.TEST)));
        parts.candidates().ifPresent(path -> files.add(new PartedTable.File(file.at(path), RawLabels.CANDIDATE)));
        return files;
    }

    /** The same with a column of positions. */
    public InteractionSource withPosition(String column) {
        return new InteractionSource(
                file, user, item, time, Optional.of(column), timeFormat, fields, numbers, labels, parts);
    }

    /** The same with context fields. */
    public InteractionSource withFields(FieldSettings... contextFields) {
        return new InteractionSource(
                file, user, item, time, position, timeFormat, List.of(contextFields), numbers, labels, parts);
    }
}
