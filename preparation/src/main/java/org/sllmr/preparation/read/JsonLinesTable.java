// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON objects, one a line, read by DuckDB; a scan of our own finds lines and explains what DuckDB refuses. */
final class JsonLinesTable implements Table {
    private static final Logger LOGGER = LoggerFactory.getLogger(JsonLinesTable.class);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LARGEST_LINE = 1 << 28;

    private final Path path;

    JsonLinesTable(Path path) {
        this.path = path;
    }

    @Override
    public void forEach(List<String> columns, Consumer<Row> visitor) {
        boolean[] seen = new boolean[columns.size()];
        StringsRow row = new StringsRow(JsonCell::values);
        try (GzipCheck check = GzipCheck.of(path)) {
            DuckQuery.forEach(query(columns), columns.size(), (number, cells) -> {
                for (int column = 0; column < seen.length; column++) {
                    seen[column] |= isPresent(cells[column]);
                }
                visitor.accept(row.at(number, cells));
            });
            check.await();
        } catch (SQLException | IOException e) {
            LOGGER.debug("DuckDB on {}", path, e);
            explain();
        }
        for (boolean one : seen) {
            if (!one) {
                requireColumns(columns);
                return;
            }
        }
    }

    @Override
    public String place(long row) {
        try (Lines lines = new Lines(path)) {
            for (long record = 0; lines.next(); record++) {
                if (record == row) {
                    return TextFile.place(path, lines.number());
                }
            }
        } catch (IOException e) {
            LOGGER.debug("looking for a line of {}", path, e);
        }
        return path + ", row " + (row + 1);
    }

    private String query(List<String> columns) throws IOException {
        return "SELECT " + DuckQuery.list(columns, DuckQuery::identifier) + " FROM read_json("
                + DuckQuery.literal(path) + ", format = 'newline_delimited', records = true, compression = "
                + (TextFile.isGzip(path) ? "'gzip'" : "'none'") + ", maximum_object_size = " + LARGEST_LINE
                + ", columns = {"
                + DuckQuery.list(columns.stream().distinct().toList(), name -> DuckQuery.literal(name) + ": 'JSON'")
                + "})";
    }

    private static boolean isPresent(@Nullable String cell) {
        return cell != null;
    }

    private void requireColumns(List<String> columns) {
        UnseenColumns unseen = new UnseenColumns(path.toString(), columns);
        scan((line, object) -> {
            unseen.line(object.propertyNames());
            return !unseen.isSettled();
        });
        unseen.requireNone();
    }

    /** Reads the file again, slowly, to say what is wrong and where. */
    private void explain() {
        scan((line, object) -> true);
        throw new InvalidInputException(path.toString(), "cannot be read as JSON lines; check its format");
    }

    private interface LineVisitor {
        boolean visit(long line, JsonNode object);
    }

    private void scan(LineVisitor visitor) {
        ProblemList problems = new ProblemList(path.toString());
        try (Lines lines = new Lines(path)) {
            try {
                boolean more = true;
                while (more && lines.next()) {
                    more = visit(lines, visitor, problems);
                }
            } catch (IOException e) {
                problems.add(TextFile.broken(path, lines.number(), e));
            }
        } catch (IOException e) {
            problems.add(TextFile.broken(path, 0, e));
        }
        problems.throwAny();
    }

    private boolean visit(Lines lines, LineVisitor visitor, ProblemList problems) {
        String place = TextFile.place(path, lines.number());
        String text = lines.text();
        if (text == null) {
            problems.add(place, "is not UTF-8; convert the file to it");
            return true;
        }
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isObject()) {
                return visitor.visit(lines.number(), node);
            }
            problems.add(place, "is no JSON object; every line has to be one, such as {\"user\": \"u1\"}");
        } catch (JacksonException e) {
            problems.add(
                    place,
                    "is no valid JSON at column " + e.getLocation().getColumnNr()
                            + "; every line has to be one whole object");
        }
        return true;
    }
}
