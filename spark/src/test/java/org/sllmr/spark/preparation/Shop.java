// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.sllmr.data.Seed;
import org.sllmr.data.store.Dataset;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.SplitSettings;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.PartFiles;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.preparation.read.UserSource;

/** Files of a small shop with all that a dataset can have, and what is made of them. */
final class Shop {
    private static final int USERS = 60;
    private static final int ITEMS = 40;

    private Shop() {}

    /** Writes the three files and returns the folder. */
    static Path write(Path folder) throws IOException {
        RandomGenerator random = new Seed(11).generator();
        List<String> log = new ArrayList<>(List.of("user,item,time,device,hour"));
        for (int row = 0; row < 900; row++) {
            int user = row < 3 * USERS ? row % USERS : (int) (USERS * Math.pow(random.nextDouble(), 2));
            int item = (int) (ITEMS * Math.pow(random.nextDouble(), 1.5));
            String device = random.nextInt(5) == 0 ? "" : "d" + random.nextInt(4) + "|e" + random.nextInt(2);
            String hour = random.nextInt(6) == 0 ? "" : Integer.toString(random.nextInt(24));
            log.add("u" + user + ",i" + item + "," + (1_400_000_000 + random.nextInt(300)) + "," + device + "," + hour);
        }
        // A row that occurs again.
        log.add(log.get(5));
        Files.write(folder.resolve("log.csv"), log);
        List<String> items = new ArrayList<>(List.of("item,brand,title,price"));
        for (int item = ITEMS + 5; item-- > 3; ) {
            items.add("i" + item + ",b" + item % 7 + ",Title \u00fc " + item + "," + (item % 4 == 0 ? "" : item * 1.5));
        }
        Files.write(folder.resolve("items.csv"), items);
        List<String> users = new ArrayList<>(List.of("user,country,age,taste"));
        for (int user = 0; user < USERS; user += 2) {
            users.add("u" + user + ",c" + user % 5 + "," + (20 + user) + "," + user + " 0.5 -1");
        }
        Files.write(folder.resolve("users.csv"), users);
        return folder;
    }

    /** Settings that use every column. */
    static PreparationSettings settings(Path folder, String suffix, SplitSettings split) {
        return new PreparationSettings(
                "shop",
                new SourceSettings(
                        new InteractionSource(
                                TableFile.of(folder.resolve("log" + suffix)),
                                Optional.of("user"),
                                "item",
                                Optional.of("time"),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(FieldSettings.separated("device", "|")),
                                List.of("hour"),
                                Optional.empty(),
                                PartFiles.none()),
                        Optional.of(new ItemSource(
                                TableFile.of(folder.resolve("items" + suffix)),
                                "item",
                                List.of(FieldSettings.of("brand")),
                                List.of("title"),
                                List.of("price"),
                                List.of(),
                                List.of())),
                        Optional.of(new UserSource(
                                TableFile.of(folder.resolve("users" + suffix)),
                                "user",
                                List.of(FieldSettings.of("country")),
                                List.of("age"),
                                List.of("taste"),
                                List.of()))),
                split);
    }

    /** Requires that two folders hold the same files; manifests may differ in their sources alone. */
    static void assertEqual(Path one, Path other) throws IOException {
        Map<String, String> files = files(one);
        assertThat(files(other)).isEqualTo(files);
        assertThat(files).hasSizeGreaterThanOrEqualTo(10);
        Dataset.verify(other);
        assertThat(Dataset.open(other).manifest())
                .usingRecursiveComparison()
                .ignoringFields("sources")
                .isEqualTo(Dataset.open(one).manifest());
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("manifest.json")) {
                    contents.put(name, HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        return contents;
    }
}
