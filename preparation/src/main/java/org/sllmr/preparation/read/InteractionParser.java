// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;

/**
 * Reads interactions from the texts of rows, wherever the rows come from.
 *
 * <p>What is wrong with a row is reported, and the row is read as if the value were missing.
 */
public final class InteractionParser {
    private static final int ITEM = 0;
    /** The user of all rows where there is no user column. */
    private static final String NOBODY = "-";

    private static final String NO_POSITION = "' is not a whole number; correct it, or name another position column";

    private final InteractionSource source;
    private final List<String> columns = new ArrayList<>();
    private final int user;
    private final int time;
    private final int position;
    /** How many columns come before those that files of histories lack. */
    private final int known;

    private final int label;
    private final int group;
    private final Optional<PositiveRule> rule;
    private final List<FieldReader> fields = new ArrayList<>();
    private final List<NumberColumnReader> numbers = new ArrayList<>();
    private final TimeParser times;

    /**
     * A parser of the columns that the source names.
     *
     * @param source what the columns mean
     * @param knowsTimes whether the time column is in seconds since 1970, whatever the source says
     */
    public InteractionParser(InteractionSource source, boolean knowsTimes) {
        this.source = source;
        this.times = new TimeParser(
                knowsTimes ? TimeFormat.SECONDS : source.timeFormat().orElse(TimeFormat.SECONDS));
        columns.add(source.item());
        this.user = source.user().map(this::request).orElse(-1);
        this.time = source.time().map(this::request).orElse(-1);
        this.position = source.position().map(this::request).orElse(-1);
        this.known = columns.size();
        this.rule = source.labels().map(LabelSettings::rule);
        this.label = rule.map(one -> request(one.column())).orElse(-1);
        this.group =
                source.labels().flatMap(LabelSettings::group).map(this::request).orElse(-1);
        source.fields().forEach(field -> fields.add(new FieldReader(field, request(field.column()))));
        source.numbers().forEach(number -> numbers.add(new NumberColumnReader(number, request(number))));
    }

    private int request(String column) {
        columns.add(column);
        return columns.size() - 1;
    }

    /**
     * An interaction.
     *
     * @param user user id, "" if it is missing
     * @param item item id, "" if it is missing
     * @param time seconds since 1970, or {@link InteractionLog#NO_TIME}
     * @param position what sorts a user's interactions instead of the time; 0 without such a column
     * @param context values of each context field
     * @param label 1 for a positive, 0 for a negative
     * @param group id of the impression, "" without one
     */
    public record Interaction(
            String user, String item, long time, long position, List<List<String>> context, int label, String group) {}

    /** The columns whose values are parsed, in the order in which a row has them. */
    public List<String> columns() {
        return List.copyOf(columns);
    }

    int known() {
        return known;
    }

    boolean hasGroups() {
        return group >= 0;
    }

    boolean hasUsers() {
        return user >= 0;
    }

    boolean hasLabels() {
        return rule.isPresent();
    }

    /**
     * Parses a row.
     *
     * @param cells the values of each column: none if missing, several if it is a list
     * @param report takes what is wrong
     */
    public Interaction parse(List<List<String>> cells, Consumer<String> report) {
        return parse(new ValuesRow(0, cells), RawLabels.TRAINING, report);
    }

    /** The numbers of a row, one of each number column, NaN if missing. */
    public float[] numbers(List<List<String>> cells, Consumer<String> report) {
        Row row = new ValuesRow(0, cells);
        float[] values = new float[numbers.size()];
        for (int number = 0; number < values.length; number++) {
            values[number] = numbers.get(number).value(row, report);
        }
        return values;
    }

    Interaction parse(Row row, byte part, Consumer<String> report) {
        String user = this.user < 0 ? NOBODY : row.text(this.user);
        String item = row.text(ITEM);
        boolean ordered = part != RawLabels.CANDIDATE;
        long seconds = time < 0 || !ordered ? InteractionLog.NO_TIME : time(row, report);
        long order = position < 0 || !ordered ? 0 : position(row, report);
        if (user.isEmpty()) {
            report.accept("has no user in column '" + columns.get(this.user) + "'; fill it in or remove the line");
        }
        if (item.isEmpty()) {
            report.accept("has no item in column '" + source.item() + "'; fill it in or remove the line");
        }
        return new Interaction(
                user, item, seconds, order, context(row), label(row, part, report), group(row, part, report));
    }

    private int label(Row row, byte part, Consumer<String> report) {
        if (rule.isEmpty() || part == RawLabels.HISTORY || part == RawLabels.CANDIDATE) {
            return 1;
        }
        String text = row.text(label).strip();
        int found = rule.get().label(text);
        if (found == PositiveRule.UNDECIDED) {
            report.accept(rule.get().fault(text));
            return 0;
        }
        return found;
    }

    private String group(Row row, byte part, Consumer<String> report) {
        if (group < 0 || part == RawLabels.HISTORY || part == RawLabels.CANDIDATE) {
            return "";
        }
        String text = row.text(group);
        if (text.isEmpty()) {
            report.accept("has no impression in column '" + columns.get(group)
                    + "'; fill it in (rows of their own need an id of their own), or remove the line");
        }
        return text;
    }

    private List<List<String>> context(Row row) {
        if (fields.isEmpty()) {
            return List.of();
        }
        List<List<String>> context = new ArrayList<>(fields.size());
        for (FieldReader field : fields) {
            context.add(field.values(row));
        }
        return context;
    }

    private long time(Row row, Consumer<String> report) {
        String text = row.text(time).strip();
        if (text.isEmpty()) {
            if (position < 0) {
                report.accept("has no time in column '" + columns.get(time)
                        + "'; fill it in, remove the line, or name a position column to sort by");
            }
            return InteractionLog.NO_TIME;
        }
        long seconds = times.parse(text);
        if (seconds == InteractionLog.NO_TIME) {
            report.accept("time '" + text + "' in column '" + columns.get(time) + "' " + times.fault(text));
        }
        return seconds;
    }

    private long position(Row row, Consumer<String> report) {
        String text = row.text(position).strip();
        try {
            long whole = TimeParser.wholeNumber(text);
            if (text.indexOf('.') < 0 || Double.parseDouble(text) == whole) {
                return whole;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Reported below.
        }
        report.accept("position '" + text + "' in column '" + columns.get(position) + NO_POSITION);
        return 0;
    }

    /**
     * What is wrong with all times together, or "": a unit that is too fine puts all of them into 1970.
     *
     * @param earliest the first time, seconds since 1970
     * @param latest the last time
     */
    public String fault(long earliest, long latest) {
        String fault = earliest > latest ? "" : times.fault(earliest, latest);
        return fault.isEmpty() ? "" : "column '" + columns.get(time) + "': " + fault;
    }

    List<NumberColumnReader> numberColumns() {
        return numbers;
    }

    /** Notes on columns that were probably meant to be read otherwise. */
    void note(ProgressListener listener) {
        fields.forEach(field -> field.note(source.file(), listener));
    }
}
