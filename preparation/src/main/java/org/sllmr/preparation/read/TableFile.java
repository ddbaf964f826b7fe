// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * A file of rows and how to read it.
 *
 * @param path the file, or a folder of files that form one table
 * @param format format of its rows; by default that of its name: {@code .parquet}, {@code .jsonl}, {@code .ndjson} and
 *     {@code .json}, anything else is delimited; all but the first may be followed by {@code .gz}, {@code .bz2} or
 *     {@code .xz}; for a {@code .zip}, the name of the file in it counts
 * @param delimiter separator of columns; by default a comma for {@code .csv}, otherwise a tab
 * @param quote the character around values that contain a delimiter or line break, "" for none; by default {@code "}
 *     for {@code .csv}, otherwise none, so that a quote in a title is an ordinary character
 * @param columns names of the columns of delimited text whose first line is data; empty if the first line names them
 * @param encoding how bytes of delimited text stand for characters; by default Unicode
 */
public record TableFile(
        Path path,
        Optional<TableFormat> format,
        Optional<String> delimiter,
        Optional<String> quote,
        List<String> columns,
        Optional<Encoding> encoding) {
    /** Unicode text. */
    public TableFile(
            Path path,
            Optional<TableFormat> format,
            Optional<String> delimiter,
            Optional<String> quote,
            List<String> columns) {
        this(path, format, delimiter, quote, columns, Optional.empty());
    }

    /** The same file in another encoding. */
    public TableFile in(Encoding other) {
        return new TableFile(path, format, delimiter, quote, columns, Optional.of(other));
    }

    /** Checks delimiter, quote and columns. */
    public TableFile {
        columns = List.copyOf(columns);
        new Checks()
                .require(
                        delimiter.isEmpty() || (!delimiter.get().isEmpty() && ascii(delimiter.get(), 4)),
                        "delimiter",
                        "is '" + delimiter.orElse("") + "', allowed is 1 to 4 ASCII characters without line breaks")
                .require(
                        quote.isEmpty() || ascii(quote.get(), 1),
                        "quote",
                        "is '" + quote.orElse("") + "', allowed is one ASCII character, or none")
                .require(
                        new HashSet<>(columns).size() == columns.size(),
                        "columns",
                        "has the same name twice: " + String.join(", ", columns))
                .done();
    }

    /** A file with the default settings for its name. */
    public static TableFile of(Path path) {
        return new TableFile(path, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** A file of a given format. */
    public static TableFile of(Path path, TableFormat format) {
        return new TableFile(path, Optional.of(format), Optional.empty(), Optional.empty(), List.of());
    }

    /** Another file with the same settings. */
    TableFile at(Path other) {
        return new TableFile(other, format, delimiter, quote, columns, encoding);
    }

    TableFormat chosenFormat() throws IOException {
        if (format.isPresent()) {
            return format.get();
        }
        return switch (extension()) {
            case "parquet" -> TableFormat.PARQUET;
            case "jsonl", "ndjson", "json" -> TableFormat.JSON_LINES;
            default -> TableFormat.DELIMITED;
        };
    }

    String chosenDelimiter() throws IOException {
        return delimiter.isPresent() ? delimiter.get() : extension().equals("csv") ? "," : "\t";
    }

    String chosenQuote() throws IOException {
        return quote.isPresent() ? quote.get() : extension().equals("csv") ? "\"" : "";
    }

    private String extension() throws IOException {
        String name = String.valueOf(path.getFileName());
        String last = Compression.extension(name);
        if (Compression.named(last) == Compression.ZIP && Compression.of(path) == Compression.ZIP) {
            name = ZippedFile.name(path);
        } else if (Compression.named(last) != Compression.NONE) {
            name = name.substring(0, name.length() - last.length() - 1);
        }
        return Compression.extension(name);
    }

    private static boolean ascii(String value, int longest) {
        return value.length() <= longest && value.chars().allMatch(c -> c < 128 && c != '\n' && c != '\r');
    }
}
