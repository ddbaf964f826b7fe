// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * A file of rows and how to read it.
 *
 * @param path the file
 * @param format how its rows are written; by default what its name says: {@code .parquet}, {@code .jsonl}, {@code
 *     .ndjson} and {@code .json}, anything else is delimited; {@code .gz} after any of these
 * @param delimiter what stands between two columns; by default a comma for {@code .csv}, otherwise a tab
 * @param quote the character around values that hold a delimiter or line break, "" for none; by default {@code "} for
 *     {@code .csv}, otherwise none: then a quote in a title is a character like any other
 */
public record TableFile(Path path, Optional<TableFormat> format, Optional<String> delimiter, Optional<String> quote) {
    /** Checks delimiter and quote. */
    public TableFile {
        new Checks()
                .require(
                        delimiter.isEmpty() || (!delimiter.get().isEmpty() && ascii(delimiter.get(), 4)),
                        "delimiter",
                        "is '" + delimiter.orElse("") + "', allowed is 1 to 4 ASCII characters but no line break")
                .require(
                        quote.isEmpty() || ascii(quote.get(), 1),
                        "quote",
                        "is '" + quote.orElse("") + "', allowed is one ASCII character, or none")
                .done();
    }

    /** A file read as its name says. */
    public static TableFile of(Path path) {
        return new TableFile(path, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A file of a given format. */
    public static TableFile of(Path path, TableFormat format) {
        return new TableFile(path, Optional.of(format), Optional.empty(), Optional.empty());
    }

    TableFormat chosenFormat() {
        return format.orElseGet(() -> switch (extension()) {
            case "parquet" -> TableFormat.PARQUET;
            case "jsonl", "ndjson", "json" -> TableFormat.JSON_LINES;
            default -> TableFormat.DELIMITED;
        });
    }

    String chosenDelimiter() {
        return delimiter.orElse(extension().equals("csv") ? "," : "\t");
    }

    String chosenQuote() {
        return quote.orElse(extension().equals("csv") ? "\"" : "");
    }

    private String extension() {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".gz")) {
            name = name.substring(0, name.length() - 3);
        }
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static boolean ascii(String value, int longest) {
        return value.length() <= longest && value.chars().allMatch(c -> c < 128 && c != '\n' && c != '\r');
    }
}
