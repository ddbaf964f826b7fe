// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;

/** Delimited text. */
final class DelimitedTable implements Table {
    private static final Logger LOGGER = LoggerFactory.getLogger(DelimitedTable.class);
    private static final int ROWS_BETWEEN_CHECKS = 4096;

    private final TableFile file;
    private final Path path;
    private final String delimiter;
    private final String quote;
    private final List<String> header;
    /** The row that is being visited and its line, the place that is needed most. */
    private long currentRow = -1;

    private long currentLine;
    private long seeminglyQuoted;
    private String firstSeeminglyQuoted = "";

    DelimitedTable(TableFile file) throws IOException {
        this.file = file;
        this.path = file.path();
        this.delimiter = file.chosenDelimiter();
        this.quote = file.chosenQuote();
        this.header = file.columns().isEmpty() ? readHeader() : checkedAgainstFirstLine(file.columns());
    }

    @Override
    public List<String> columns() {
        return header;
    }

    @Override
    public void forEach(List<String> columns, Consumer<Row> visitor) {
        requireColumns(columns);
        int[] fields = columns.stream().mapToInt(header::indexOf).toArray();
        boolean watchQuotes = file.quote().isEmpty() && quote.isEmpty();
        ProblemList problems = new ProblemList(path.toString());
        try (DelimitedScanner scanner = scanner()) {
            try {
                long number = 0;
                if (file.columns().isEmpty()) {
                    scanner.next();
                }
                for (; scanner.next(); number++) {
                    if (number % ROWS_BETWEEN_CHECKS == 0
                            && Thread.currentThread().isInterrupted()) {
                        throw new CancellationException("stopped while reading");
                    }
                    currentRow = number;
                    currentLine = scanner.line();
                    visit(number, scanner, fields, visitor, problems);
                    if (watchQuotes) {
                        watchQuotes(scanner, fields);
                    }
                }
            } catch (IOException e) {
                problems.add(TextFile.broken(path, scanner.lines(), e));
            }
        } catch (IOException e) {
            problems.add(TextFile.broken(path, 0, e));
        }
        problems.throwIfAny();
    }

    private void visit(
            long number, DelimitedScanner scanner, int[] fields, Consumer<Row> visitor, ProblemList problems) {
        String fault = scanner.fault();
        if (fault != null) {
            problems.add(TextFile.place(path, scanner.line()), fault);
            return;
        }
        if (scanner.size() != header.size()) {
            problems.add(TextFile.place(path, scanner.line()), wrongWidth(scanner.size()));
            return;
        }
        String[] cells = new String[fields.length];
        try {
            for (int column = 0; column < fields.length; column++) {
                cells[column] = scanner.text(fields[column]);
            }
        } catch (CharacterCodingException e) {
            problems.add(TextFile.notUtf8(path, scanner.line()));
            return;
        }
        visitor.accept(new TextRow(number, cells));
    }

    private void watchQuotes(DelimitedScanner scanner, int[] fields) {
        for (int field : fields) {
            if (field < scanner.size() && scanner.isBetween(field, '"')) {
                seeminglyQuoted++;
                if (seeminglyQuoted == 1) {
                    firstSeeminglyQuoted = TextFile.place(path, scanner.line());
                }
            }
        }
    }

    @Override
    public List<String> notes() {
        return seeminglyQuoted == 0
                ? List.of()
                : List.of(firstSeeminglyQuoted + ": a value is in double quotes, and so are " + (seeminglyQuoted - 1)
                        + " more; the quotes are kept as part of the text, because this file is read without quotes;"
                        + " --quote '\"' removes them, --quote none keeps them without this note");
    }

    @Override
    public String place(long row) {
        if (row == currentRow) {
            return TextFile.place(path, currentLine);
        }
        try (DelimitedScanner scanner = scanner()) {
            for (long record = file.columns().isEmpty() ? -1 : 0; scanner.next(); record++) {
                if (record == row) {
                    return TextFile.place(path, scanner.line());
                }
            }
        } catch (IOException e) {
            LOGGER.debug("looking for a line of {}", path, e);
        }
        return path + ", row " + (row + 1);
    }

    private void requireColumns(List<String> columns) {
        boolean none = columns.stream().noneMatch(header::contains);
        boolean quoted = columns.stream().anyMatch(name -> header.contains('"' + name + '"'));
        String remedy = "";
        if (quoted) {
            remedy = "; the names are in quotes, --quote '\"' removes them";
        } else if (none) {
            remedy = "; the first line must name the columns: if it has data, name them (--columns for"
                    + " interactions, --item-columns, --user-columns); otherwise check the delimiter ("
                    + named() + ")";
        }
        ColumnNames.require(TextFile.place(path, 1), columns, header, remedy);
    }

    private List<String> readHeader() {
        List<String> names = firstLine();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new InvalidInputException(
                        TextFile.place(path, 1),
                        "has two columns '" + name + "'; rename one, or name the columns if the first line has data"
                                + " (--columns for interactions, --item-columns, --user-columns)");
            }
        }
        return names;
    }

    private List<String> checkedAgainstFirstLine(List<String> names) {
        List<String> first = firstLine();
        if (first.equals(names)) {
            throw new InvalidInputException(
                    TextFile.place(path, 1), "names the columns itself; leave out the option that names them");
        }
        if (first.size() != names.size()) {
            throw new InvalidInputException(TextFile.place(path, 1), wrongWidth(first.size()));
        }
        return names;
    }

    private List<String> firstLine() {
        try (DelimitedScanner scanner = scanner()) {
            if (!scanner.next()) {
                throw new InvalidInputException(path.toString(), "is empty; check how it was made or copied");
            }
            String fault = scanner.fault();
            if (fault != null) {
                throw new InvalidInputException(TextFile.place(path, scanner.line()), fault);
            }
            return scanner.texts();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(List.of(TextFile.notUtf8(path, 1)));
        } catch (IOException e) {
            throw new InvalidInputException(List.of(TextFile.broken(path, 0, e)));
        }
    }

    private String wrongWidth(int fields) {
        return "has " + fields + (fields == 1 ? " field, " : " fields, ")
                + (file.columns().isEmpty()
                        ? "the header has " + header.size()
                        : file.columns().size() + " columns are named")
                + "; check delimiter (" + named() + ") and quote ("
                + (quote.isEmpty() ? "none" : quote) + ")";
    }

    private String named() {
        return delimiter.equals("\t") ? "tab" : "'" + delimiter + "'";
    }

    private DelimitedScanner scanner() throws IOException {
        return new DelimitedScanner(TextFile.open(path, file.encoding().orElse(Encoding.UNICODE)), delimiter, quote);
    }
}
