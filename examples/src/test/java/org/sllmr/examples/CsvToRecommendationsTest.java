// SPDX-License-Identifier: Apache-2.0
package org.sllmr.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.preparation.demo.DemoGenerator;
import org.sllmr.preparation.demo.DemoSettings;
import org.sllmr.preparation.demo.DemoWriter;
import org.sllmr.runs.RunFolder;

/** The first program of docs/how-to/use-from-java.md is the one that is compiled here, and does what the page says. */
class CsvToRecommendationsTest {
    @TempDir
    private Path folder;

    @Test
    void thePageShowsTheCompiledProgram() throws Exception {
        new Page("use-from-java.md").shows(CsvToRecommendations.class, "import ");
    }

    @Test
    void itGoesTheWholeWay() throws Exception {
        DemoWriter.write(DemoGenerator.generate(DemoSettings.DEFAULT.withSize(150, 200)), folder);
        Path interactions = csv(
                DemoWriter.INTERACTIONS, List.of("user_id", "item_id", "timestamp"), List.of("user", "item", "time"));
        Path items = csv(DemoWriter.ITEMS, List.of("item_id", "title", "brand"), List.of("item", "title", "brand"));
        Path work = folder.resolve("work");
        CsvToRecommendations.main(new String[] {interactions.toString(), items.toString(), work.toString()});

        RunFolder run = RunFolder.open(work.resolve("run"));
        assertThat(run.contents().configuration()).contains("name: calibrated-pairwise");
        assertThat(run.contents().provenance().teacher().orElseThrow().described())
                .contains("embedding");
        Recommender recommender = Recommender.open(work.resolve("bundle"));
        assertThat(recommender.manifest().run().guidance()).isEqualTo("calibrated-pairwise");
        String user = recommender.users().get(0);
        assertThat(recommender.recommend(Request.ofUser(user).withK(5)).items())
                .hasSize(5)
                .noneMatch(item -> recommender.history(user).contains(item.item()));
    }

    /** Some columns of a file with tabs, as a file with commas. */
    private Path csv(String file, List<String> columns, List<String> names) throws IOException {
        List<List<String>> rows = Files.readAllLines(folder.resolve(file)).stream()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
        int[] places = columns.stream().mapToInt(rows.get(0)::indexOf).toArray();
        String text = rows.stream()
                .skip(1)
                .map(row -> IntStream.of(places)
                        .mapToObj(place -> "\"" + row.get(place).replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", String.join(",", names) + "\n", "\n"));
        return Files.writeString(folder.resolve(file.toLowerCase(Locale.ROOT).replace(".tsv", ".csv")), text);
    }
}
