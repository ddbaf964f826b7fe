// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;

/** Reads a domain of the Amazon 2014 reviews, if the shared data is available. */
public final class AmazonData {
    private AmazonData() {}

    /** Skips the calling test if the data is missing. */
    public static TrainingData load(String domain) throws IOException {
        Path folder = Path.of(System.getProperty("sllmr.shared", "../../shared"), "data", "amazon2014", domain);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no Amazon data at " + folder);
        List<String[]> items = rows(folder.resolve("items.tsv"));
        List<String[]> interactions = rows(folder.resolve("interactions.tsv"));
        Catalogue catalogue = new Catalogue(
                new Vocabulary(items.stream().map(row -> row[0]).toList()),
                List.of(field("brand", items, 3, null), field("categories", items, 4, "( > | \\|\\| )")),
                List.of(
                        new Catalogue.TextColumn(
                                "title", items.stream().map(row -> row[2]).toList()),
                        new Catalogue.TextColumn(
                                "keywords", items.stream().map(row -> row[5]).toList())));
        int users = interactions.stream()
                .mapToInt(row -> Integer.parseInt(row[0]))
                .max()
                .orElseThrow();
        int[] offsets = new int[users + 1];
        interactions.forEach(row -> offsets[Integer.parseInt(row[0])]++);
        for (int user = 0; user < users; user++) {
            offsets[user + 1] += offsets[user];
        }
        int[] columns = new int[interactions.size()];
        long[] times = new long[interactions.size()];
        for (String[] row : interactions) {
            int index = offsets[Integer.parseInt(row[0]) - 1] + Integer.parseInt(row[2]);
            columns[index] = Integer.parseInt(row[1]) - 1;
            times[index] = row[3].isEmpty() ? InteractionLog.NO_TIME : Long.parseLong(row[3]);
        }
        InteractionLog full = InteractionLog.of(offsets, columns, times);
        return new TrainingData(
                domain,
                "amazon2014-" + domain,
                full.withholdLast(2),
                catalogue,
                new Vocabulary(IntStream.rangeClosed(1, users)
                        .mapToObj(Integer::toString)
                        .toList()),
                List.of(),
                List.of(),
                new Samples(new Instances(new int[0], new int[0], new int[0]), 1),
                validation(full, catalogue.size()));
    }

    private static Samples validation(InteractionLog full, int items) {
        int users = full.users();
        int[] user = new int[2 * users];
        int[] item = new int[2 * users];
        int[] position = new int[2 * users];
        for (int u = 0; u < users; u++) {
            int at = full.length(u) - 2;
            RandomGenerator random = new Seed(1).child(u).generator();
            int owner = u;
            int negative = random.nextInt(items);
            while (true) {
                int candidate = negative;
                if (IntStream.range(0, full.length(u)).noneMatch(p -> full.item(owner, p) == candidate)) {
                    break;
                }
                negative = random.nextInt(items);
            }
            user[2 * u] = user[2 * u + 1] = u;
            position[2 * u] = position[2 * u + 1] = at;
            item[2 * u] = full.item(u, at);
            item[2 * u + 1] = negative;
        }
        return new Samples(new Instances(user, item, position), 1);
    }

    private static Column field(String name, List<String[]> rows, int column, @Nullable String separator) {
        Map<String, Integer> indices = new LinkedHashMap<>();
        int[] offsets = new int[rows.size() + 1];
        List<Integer> values = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            String cell = rows.get(row)[column];
            String[] parts = separator == null ? new String[] {cell} : cell.split(separator);
            for (String part : new LinkedHashSet<>(List.of(parts))) {
                if (!part.isBlank()) {
                    indices.putIfAbsent(part, indices.size());
                    values.add(indices.get(part));
                }
            }
            offsets[row + 1] = values.size();
        }
        return new Column(
                name,
                new Vocabulary(new ArrayList<>(indices.keySet())),
                offsets,
                values.stream().mapToInt(Integer::intValue).toArray());
    }

    private static List<String[]> rows(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.skip(1).map(line -> line.split("\t", -1)).toList();
        }
    }
}
