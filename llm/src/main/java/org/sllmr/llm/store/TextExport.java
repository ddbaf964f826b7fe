// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.WholeFile;
import org.sllmr.database.DuckDb;
import org.sllmr.llm.imported.TextColumns;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextTable;
import tools.jackson.databind.json.JsonMapper;

/** Writes texts for other programs, one row a text; an import reads the file back. */
public final class TextExport {
    private static final String TABLE = "texts";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TextExport() {}

    /** The format of the file. */
    public enum Format {
        /** A JSON object on each line. */
        JSON_LINES,
        /** Apache Parquet. */
        PARQUET
    }

    /**
     * Writes texts, completely or not at all.
     *
     * @param data the dataset of the texts, for the ids
     */
    public static void write(TextTable texts, TrainingData data, Format format, Path file) throws IOException {
        WholeFile.write(file, beside -> {
            switch (format) {
                case JSON_LINES -> writeLines(texts, data, beside);
                case PARQUET -> writeParquet(texts, data, beside);
            }
        });
    }

    private static void writeLines(TextTable texts, TrainingData data, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int text = 0; text < texts.size(); text++) {
                writer.write(JSON.writeValueAsString(row(texts, data, text)));
                writer.write('\n');
            }
        }
    }

    private static void writeParquet(TextTable texts, TrainingData data, Path file) throws IOException {
        try (Connection connection = DuckDb.inMemory();
                Statement statement = connection.createStatement()) {
            List<String> columns = TextColumns.defaults().of(texts.kind());
            TextColumns names = TextColumns.defaults();
            statement.execute("CREATE TABLE " + TABLE + "("
                    + String.join(
                            ", ",
                            columns.stream()
                                    .map(name -> name
                                            + (name.equals(names.interactions()) || name.equals(names.label())
                                                    ? " INTEGER"
                                                    : " VARCHAR"))
                                    .toList())
                    + ")");
            try (DuckDBAppender appender =
                    connection.unwrap(DuckDBConnection.class).createAppender(TABLE)) {
                for (int text = 0; text < texts.size(); text++) {
                    appender.beginRow();
                    for (Object value : row(texts, data, text).values()) {
                        if (value instanceof Integer number) {
                            appender.append(number.intValue());
                        } else {
                            appender.append(value.toString());
                        }
                    }
                    appender.endRow();
                }
                // Closing does it too, but says nothing when it fails.
                appender.flush();
            }
            DuckDb.writeParquet(connection, TABLE, file);
        } catch (SQLException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, Object> row(TextTable texts, TrainingData data, int text) {
        TextColumns names = TextColumns.defaults();
        Map<String, Object> row = new LinkedHashMap<>();
        if (texts.kind().ofUsers()) {
            row.put(names.user(), data.userIds().value(texts.subjects().users()[text]));
        }
        if (texts.kind().ofItems()) {
            row.put(names.item(), data.catalogue().ids().value(texts.subjects().items()[text]));
        }
        if (texts.kind().ofUsers()) {
            row.put(names.interactions(), texts.subjects().positions()[text]);
        }
        if (texts.kind() == TextKind.CHAIN_OF_THOUGHT) {
            row.put(names.label(), (int) texts.subjects().labels()[text]);
        }
        row.put(names.text(), texts.texts().get(text));
        return row;
    }
}
