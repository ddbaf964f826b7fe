// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;

/** Delimited text, read by DuckDB; a scan of our own finds lines and explains what DuckDB refuses. */
final class DelimitedTable implements Table {
    private static final Logger LOGGER = LoggerFactory.getLogger(DelimitedTable.class);

    private final TableFile file;
    private final Path path;
    private final List<String> header;

    DelimitedTable(TableFile file) throws IOException {
        this.file = file;
        this.path = file.path();
        this.header = readHeader();
    }

    @Override
    public void forEach(List<String> columns, Consumer<Row> visitor) {
        ColumnNames.require(TextFile.place(path, 1), columns, header);
        StringsRow row = new StringsRow(List::of);
        try (GzipCheck check = GzipCheck.of(path)) {
            DuckQuery.forEach(query(columns), columns.size(), (number, cells) -> visitor.accept(row.at(number, cells)));
            check.await();
        } catch (SQLException | IOException e) {
            LOGGER.debug("DuckDB on {}", path, e);
            explain();
        }
    }

    @Override
    public String place(long row) {
        try (DelimitedScanner scanner = scanner()) {
            for (long record = -1; scanner.next(); record++) {
                if (record == row) {
                    return TextFile.place(path, scanner.line());
                }
            }
        } catch (IOException e) {
            LOGGER.debug("looking for a line of {}", path, e);
        }
        return path + ", row " + (row + 1);
    }

    private String query(List<String> columns) throws IOException {
        String quote = DuckQuery.literal(file.chosenQuote());
        return "SELECT " + DuckQuery.list(columns, name -> "c" + header.indexOf(name)) + " FROM read_csv("
                + DuckQuery.literal(path) + ", auto_detect = false, header = true, strict_mode = true, delim = "
                + DuckQuery.literal(file.chosenDelimiter()) + ", quote = " + quote + ", escape = " + quote
                + ", compression = " + (TextFile.isGzip(path) ? "'gzip'" : "'none'") + ", columns = {"
                + DuckQuery.list(header, name -> "'c" + header.indexOf(name) + "': 'VARCHAR'") + "})";
    }

    private List<String> readHeader() {
        try (DelimitedScanner scanner = scanner()) {
            if (!scanner.next()) {
                throw new InvalidInputException(path.toString(), "is empty; check how it was made or copied");
            }
            List<String> names = scanner.fields();
            Set<String> seen = new HashSet<>();
            for (String name : names) {
                if (!seen.add(name)) {
                    throw new InvalidInputException(
                            TextFile.place(path, scanner.line()), "has two columns '" + name + "'; rename one");
                }
            }
            return names;
        } catch (IOException e) {
            throw new InvalidInputException(List.of(TextFile.broken(path, 0, e)));
        }
    }

    /** Reads the file again, slowly, to say what is wrong and where. */
    private void explain() {
        ProblemList problems = new ProblemList(path.toString());
        try (DelimitedScanner scanner = scanner()) {
            try {
                while (scanner.next()) {
                    int fields = scanner.fields().size();
                    String fault = scanner.fault();
                    if (!fault.isEmpty()) {
                        problems.add(TextFile.place(path, scanner.line()), fault);
                    } else if (fields != header.size()) {
                        problems.add(
                                TextFile.place(path, scanner.line()),
                                "has " + fields + " fields, the header has " + header.size() + described());
                    }
                }
            } catch (IOException e) {
                problems.add(TextFile.broken(path, scanner.lines(), e));
            }
        } catch (IOException e) {
            problems.add(TextFile.broken(path, 0, e));
        }
        problems.throwAny();
        throw new InvalidInputException(path.toString(), "cannot be read as delimited text" + described());
    }

    private String described() {
        String delimiter = file.chosenDelimiter().equals("\t") ? "tab" : "'" + file.chosenDelimiter() + "'";
        String quote = file.chosenQuote().isEmpty() ? "none" : file.chosenQuote();
        return "; check delimiter (" + delimiter + ") and quote (" + quote + ")";
    }

    private DelimitedScanner scanner() throws IOException {
        return new DelimitedScanner(TextFile.open(path), file.chosenDelimiter(), file.chosenQuote());
    }
}
