// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.preparation.read.Encoding;
import org.sllmr.preparation.read.TableFile;
import picocli.CommandLine.Option;

/** Options for the format of delimited files. */
public final class DelimitedFileOptions {
    private static final OptionNames NAMES =
            new OptionNames(Map.of("delimiter", "--delimiter", "quote", "--quote", "columns", "--columns"));

    @Option(
            names = "--delimiter",
            paramLabel = "CHARS",
            description = "Delimiter of columns: 'tab' or any characters; default: a comma in .csv, else a tab.")
    private @Nullable String delimiter;

    @Option(
            names = "--quote",
            paramLabel = "CHAR",
            description = "Quote around values that contain a delimiter or quote: a character or 'none'; default: a"
                    + " double quote in .csv, else none.")
    private @Nullable String quote;

    @Option(
            names = "--encoding",
            paramLabel = "ENCODING",
            description = "Encoding of delimited text: unicode (UTF-8 or UTF-16, the default) or latin-1.")
    private @Nullable Encoding encoding;

    /** Whether {@code --encoding} was given. */
    public boolean hasEncoding() {
        return encoding != null;
    }

    /** Whether {@code --delimiter} was given. */
    public boolean hasDelimiter() {
        return delimiter != null;
    }

    /** Whether {@code --quote} was given. */
    public boolean hasQuote() {
        return quote != null;
    }

    /**
     * A file in this format.
     *
     * @param columns names of its columns; empty if its first line contains them
     */
    public TableFile file(Path path, List<String> columns) {
        Optional<String> between =
                Optional.ofNullable(delimiter).map(given -> given.equals("tab") || given.equals("\\t") ? "\t" : given);
        Optional<String> around = Optional.ofNullable(quote).map(given -> given.equals("none") ? "" : given);
        return NAMES.in(
                () -> new TableFile(path, Optional.empty(), between, around, columns, Optional.ofNullable(encoding)));
    }
}
