// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;

/** Reads the interactions, and reports every row with an error. */
final class LogReader {
    private final InteractionSource source;
    private final InteractionParser parser;
    private final Table table;
    /** The files by their parts; empty for one file. */
    private final Optional<PartedTable> tables;

    private final byte[] partOfTable;
    /** Whether each file has rows. */
    private final boolean[] hasRows;

    private final ProgressListener listener;
    private final RowProgress progress;
    private final ProblemList problems;
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
        this.parser = new InteractionParser(source, table.knowsTimes());
        tables.ifPresent(all -> all.requireFirst(parser.known(), partOfTable));
        this.log = new RawLogBuilder(
                table,
                source.position().isPresent(),
                source.fields().stream().map(FieldSettings::name).toList());
        if (parser.hasLabels()) {
            log.withLabels(parser.hasGroups(), parser.hasUsers());
        }
        if (files.size() > 1) {
            log.withParts();
        }
    }

    RawLog read() {
        try (LogBatches batches = new LogBatches(log)) {
            table.forEach(parser.columns(), row -> add(row, batches));
            batches.finish();
        }
        problems.throwIfAny();
        checkTimes();
        table.notes().forEach(listener::noted);
        parser.note(listener);
        requireRows();
        return log.build()
                .with(parser.numberColumns().stream()
                        .map(NumberColumnReader::build)
                        .toList());
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

    private void add(Row row, LogBatches batches) {
        progress.at(row);
        int file = tables.isPresent() ? tables.get().tableOf(row.number()) : 0;
        hasRows[file] = true;
        byte part = partOfTable[file];
        Consumer<String> report = what -> report(row, what);
        InteractionParser.Interaction read = parser.parse(row, part, report);
        parser.numberColumns().forEach(number -> number.add(row, report));
        if (read.time() != InteractionLog.NO_TIME) {
            earliest = Math.min(earliest, read.time());
            latest = Math.max(latest, read.time());
        }
        batches.add(read, part);
    }

    private void checkTimes() {
        String fault = parser.fault(earliest, latest);
        if (!fault.isEmpty()) {
            throw new InvalidInputException(source.file().path().toString(), fault);
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
