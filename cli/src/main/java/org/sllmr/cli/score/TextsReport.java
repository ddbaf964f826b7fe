// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sllmr.llm.run.Forecast;
import org.sllmr.teacher.text.TextProvenance;
import org.sllmr.teacher.text.TextTable;

/**
 * What became of texts.
 *
 * @param file the file that was written; empty for a forecast
 * @param provenance where the texts come from; empty for a forecast
 * @param words mean number of words of a text
 * @param example one of the texts
 * @param forecast number and cost of the requests, if only that was wanted
 */
record TextsReport(
        Optional<String> file,
        Optional<TextProvenance> provenance,
        double words,
        Optional<String> example,
        Optional<Forecast> forecast) {
    private static final int LONGEST_EXAMPLE = 300;

    static TextsReport of(Forecast forecast) {
        return new TextsReport(Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.of(forecast));
    }

    static TextsReport of(Path file, TextTable texts) {
        return new TextsReport(
                Optional.of(file.toString()),
                Optional.of(texts.provenance()),
                texts.texts().stream()
                        .mapToInt(text -> text.split(" ", -1).length)
                        .average()
                        .orElse(0),
                texts.texts().stream().findFirst(),
                Optional.empty());
    }

    void print(PrintStream out) {
        forecast.ifPresent(one -> ForecastText.print(one, out));
        provenance.ifPresent(one -> print(one, out));
    }

    private void print(TextProvenance from, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %,d of %,d texts (%s) for dataset '%s', %.0f words on average%n",
                file.orElse(""),
                from.written(),
                from.asked(),
                from.kind(),
                from.dataset(),
                words);
        out.printf("teacher %s, model %s%n", from.teacher(), from.model());
        out.println(from.settings().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", ")));
        example.ifPresent(text -> out.printf(
                "%nOne of them: %s%n",
                text.length() <= LONGEST_EXAMPLE ? text : text.substring(0, LONGEST_EXAMPLE) + "..."));
    }
}
