// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.Column;
import org.sllmr.data.ColumnBuilder;
import org.sllmr.data.Seed;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.store.Dataset;
import org.sllmr.data.store.DatasetOrigin;
import org.sllmr.data.store.DatasetPieces;
import org.sllmr.data.store.DatasetWriter;
import org.sllmr.preparation.read.Places;
import org.sllmr.preparation.read.RawData;
import org.sllmr.preparation.read.RawLabels;
import org.sllmr.preparation.read.RawLog;
import org.sllmr.preparation.read.RawLogBuilder;

/** Blocks of users, written piece by piece, give the folder that all users together give. */
class UserBlockTest {
    private static final int ITEMS = 30;
    private static final SplitSettings BY_TIME =
            SplitSettings.defaults().withParts(PartSettings.at("700", "900")).withNegatives(2);

    private final RawLog log = log();

    @Test
    void leaveOneOut(@TempDir Path folder) throws IOException {
        assertEqualFolders(folder, PartKind.LEAVE_ONE_OUT, SplitSettings.defaults());
    }

    @Test
    void partsByTime(@TempDir Path folder) throws IOException {
        assertEqualFolders(folder, PartKind.TIME, BY_TIME);
    }

    private void assertEqualFolders(Path folder, PartKind kind, SplitSettings settings) throws IOException {
        Dataset whole = Preparation.prepare(RawData.of(log), "data", settings);
        DatasetWriter.write(whole, folder.resolve("whole"), false);
        DatasetOrigin origin = new DatasetOrigin(
                "data", settings.seed(), List.of(), whole.manifest().settings());
        int users = log.userIds().size();
        for (int size : new int[] {1, 7, users}) {
            Path target = folder.resolve("pieces of " + size);
            try (DatasetPieces pieces = DatasetPieces.create(target, false)) {
                for (int first = 0; first < users; first += size) {
                    int end = Math.min(users, first + size);
                    pieces.add(UserBlock.known(log.userIds().values().subList(first, end), Optional.empty()));
                    pieces.add(UserBlock.of(block(first, end), first, ITEMS, parts(first, end, kind), kind, settings));
                }
                pieces.finish(
                        ItemNumbering.of(log.itemIds(), all(), Optional.empty(), settings)
                                .catalogue(),
                        origin);
            }
            assertThat(files(target)).isEqualTo(files(folder.resolve("whole")));
            Dataset.open(target);
        }
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void anUnfinishedFolderLeavesNothing(@TempDir Path folder) throws IOException {
        try (DatasetPieces pieces = DatasetPieces.create(folder.resolve("data"), false)) {
            pieces.add(UserBlock.known(List.of("u"), Optional.empty()));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private byte[] parts(int first, int end, PartKind kind) {
        if (kind == PartKind.LEAVE_ONE_OUT) {
            return new byte[0];
        }
        long[] times = block(first, end).times();
        byte[] parts = new byte[times.length];
        for (int row = 0; row < parts.length; row++) {
            parts[row] = new TimeBounds(700, 900).part(times[row]);
        }
        return parts;
    }

    /** The rows of some users in the order of the log. */
    private RawLog block(int first, int end) {
        List<Integer> rows = new ArrayList<>();
        ColumnBuilder context = new ColumnBuilder("device");
        for (int row = 0; row < log.size(); row++) {
            if (log.users()[row] >= first && log.users()[row] < end) {
                rows.add(row);
                context.add(log.contextFields().get(0).texts(row));
            }
        }
        List<Column> contexts = List.of(context.build());
        return new RawLog(
                Places.inMemory("row"),
                new Vocabulary(log.userIds().values().subList(first, end)),
                new Vocabulary(List.of()),
                rows.stream().mapToInt(row -> log.users()[row] - first).toArray(),
                rows.stream().mapToInt(row -> log.items()[row]).toArray(),
                rows.stream().mapToLong(row -> log.times()[row]).toArray(),
                new long[0],
                contexts,
                List.of(),
                RawLabels.none());
    }

    private static int[] all() {
        int[] items = new int[ITEMS];
        for (int item = 0; item < items.length; item++) {
            items[item] = item;
        }
        return items;
    }

    private static RawLog log() {
        RandomGenerator random = new Seed(5).generator();
        RawLogBuilder log = new RawLogBuilder(Places.inMemory("row"), false, List.of("device"));
        for (int row = 0; row < 400; row++) {
            int user = row < 150 ? row % 50 : random.nextInt(50);
            int item = row < ITEMS ? row : random.nextInt(ITEMS);
            List<List<String>> context =
                    List.of(random.nextInt(4) == 0 ? List.of() : List.of("d" + random.nextInt(6), "e"));
            log.add("u" + user, "i" + item, random.nextInt(1000), 0, context);
        }
        return log.build();
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
