// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;

/** Reads the interactions, and reports every row with an error. */
final class LogReader {
    private static final int ITEM = 0;
    /** The user of all rows where there is no user column. */
    private static final String NOBODY = "-";

    private static final String NO_POSITION = "' is not a whole number; correct it, or name another position column";

    private final InteractionSource source;
    private final Table table;
    /** The files by their parts; empty for one file. */
    private final Optional<PartedTable> tables;

    private final byte[] partOfTable;
    /** Whether each file has rows. */
    private final boolean[] hasRows;

    private final ProgressListener listener;
    private final RowProgress progress;
    private final ProblemList problems;
    private final List<String> columns = new ArrayList<>();
    private final int user;
    private final int time;
    private final int position;
    private final int label;
    private final int group;
    private final Optional<PositiveRule> rule;
    /** Part of the table that is being read. */
    private byte part;

    private final List<FieldReader> fields = new ArrayList<>();
    private final List<NumberColumnReader> numbers = new ArrayList<>();
    private final TimeParser times;
    private final RawLogBuilder log;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    LogReader(InteractionSource source, ProgressListener listener) {
        this.source = source;
        List<PartedTable.File> files = source.files();
        this.tables = files.size() == 1 ? Optional.empty() : Optional.of(PartedTable.of(files, source.time()));
        this.table = tables.isPresent() ? tables.get() : Table.open(source.file(), source.time());
        this.partOfTable = new byte[files.size()];
        this.hasRows = new boolean[files.size()];
        for (int file = 0; file < partOfTable.length; file++) {
            partOfTable[file] = files.get(file).part();
        }
        this.listener = listener;
        this.progress = new RowProgress(listener, source.file());
        this.problems = new ProblemList(source.file().path().toString());
        this.times = new TimeParser(
                table.knowsTimes() ? TimeFormat.SECONDS : source.timeFormat().orElse(TimeFormat.SECONDS));
        columns.add(source.item());
        this.user = source.user().map(this::request).orElse(-1);
        this.time = source.time().map(this::request).orElse(-1);
        this.position = source.position().map(this::request).orElse(-1);
        tables.ifPresent(all -> all.requireFirst(columns.size(), partOfTable));
        this.rule = source.labels().map(LabelSettings::rule);
        this.label = rule.map(one -> request(one.column())).orElse(-1);
        this.group =
                source.labels().flatMap(LabelSettings::group).map(this::request).orElse(-1);
        source.fields().forEach(field -> fields.add(new FieldReader(field, request(field.column()))));
        source.numbers().forEach(number -> numbers.add(new NumberColumnReader(number, request(number))));
        this.log = new RawLogBuilder(
                table,
                source.position().isPresent(),
                source.fields().stream().map(FieldSettings::name).toList());
        if (rule.isPresent()) {
            log.withLabels(group >= 0, user >= 0);
        }
        if (files.size() > 1) {
            log.withParts();
        }
    }

    RawLog read() {
        try (LogBatches batches = new LogBatches(log)) {
            table.forEach(columns, row -> add(row, batches));
            batches.finish();
        }
        problems.throwIfAny();
        checkTimes();
        table.notes().forEach(listener::noted);
        fields.forEach(field -> field.note(source.file(), listener));
        requireRows();
        return log.build().with(numbers.stream().map(NumberColumnReader::build).toList());
    }

    /** Refuses files without rows; nobody needs to have earlier positives. */
    private void requireRows() {
        List<PartedTable.File> files = source.files();
        List<Problem> empty = new ArrayList<>();
        for (int file = 0; file < hasRows.length; file++) {
            if (!hasRows[file] && partOfTable[file] != RawLabels.HISTORY) {
                empty.add(new Problem(
                        files.get(file).file().path().toString(),
                        "has no rows"
                                + (hasRows.length > 1 ? ", so a part would be empty" : "")
                                + "; check how it was made or copied"));
            }
        }
        if (!empty.isEmpty()) {
            throw new InvalidInputException(empty);
        }
    }

    private int request(String column) {
        columns.add(column);
        return columns.size() - 1;
    }

    private void add(Row row, LogBatches batches) {
        progress.at(row);
        int file = tables.isPresent() ? tables.get().tableOf(row.number()) : 0;
        hasRows[file] = true;
        part = partOfTable[file];
        String user = this.user < 0 ? NOBODY : row.text(this.user);
        String item = row.text(ITEM);
        boolean ordered = part != RawLabels.CANDIDATE;
        long seconds = time < 0 || !ordered ? InteractionLog.NO_TIME : time(row);
        long order = position < 0 || !ordered ? 0 : position(row);
        if (user.isEmpty()) {
            report(row, "has no user in column '" + columns.get(this.user) + "'; fill it in or remove the line");
        }
        if (item.isEmpty()) {
            report(row, "has no item in column '" + source.item() + "'; fill it in or remove the line");
        }
        numbers.forEach(number -> number.add(row, what -> report(row, what)));
        batches.add(user, item, seconds, order, context(row), label(row), group(row), part);
    }

    private int label(Row row) {
        if (rule.isEmpty() || part == RawLabels.HISTORY || part == RawLabels.CANDIDATE) {
            return 1;
        }
        String text = row.text(label).strip();
        int found = rule.get().label(text);
        if (found == PositiveRule.UNDECIDED) {
            report(row, rule.get().fault(text));
            return 0;
        }
        return found;
    }

    private String group(Row row) {
        if (group < 0 || part == RawLabels.HISTORY || part == RawLabels.CANDIDATE) {
            return "";
        }
        String text = row.text(group);
        if (text.isEmpty()) {
            report(
                    row,
                    "has no impression in column '" + columns.get(group)
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

    private long time(Row row) {
        String text = row.text(time).strip();
        if (text.isEmpty()) {
            if (position < 0) {
                report(
                        row,
                        "has no time in column '" + columns.get(time)
                                + "'; fill it in, remove the line, or name a position column to sort by");
            }
            return InteractionLog.NO_TIME;
        }
        long seconds = times.parse(text);
        if (seconds == InteractionLog.NO_TIME) {
            report(row, "time '" + text + "' in column '" + columns.get(time) + "' " + times.fault(text));
            return seconds;
        }
        earliest = Math.min(earliest, seconds);
        latest = Math.max(latest, seconds);
        return seconds;
    }

    private void checkTimes() {
        String fault = earliest > latest ? "" : times.fault(earliest, latest);
        if (!fault.isEmpty()) {
            throw new InvalidInputException(
                    source.file().path().toString(), "column '" + columns.get(time) + "': " + fault);
        }
    }

    private long position(Row row) {
        String text = row.text(position).strip();
        try {
            long whole = TimeParser.wholeNumber(text);
            if (text.indexOf('.') < 0 || Double.parseDouble(text) == whole) {
                return whole;
            }
            report(row, "position '" + text + "' in column '" + columns.get(position) + NO_POSITION);
            return 0;
        } catch (NumberFormatException | ArithmeticException e) {
            report(row, "position '" + text + "' in column '" + columns.get(position) + NO_POSITION);
            return 0;
        }
    }

    private void report(Row row, String what) {
        // Finding the line may mean reading the file again, so only problems that are shown get one.
        if (problems.hasRoom()) {
            problems.add(table.place(row.number()), what);
        } else {
            problems.addUnshown();
        }
    }
}
