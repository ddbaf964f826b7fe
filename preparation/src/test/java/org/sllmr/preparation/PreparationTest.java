// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.ColumnBuilder;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TestData;
import org.sllmr.data.TrainingData;
import org.sllmr.data.UntouchedItems;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Contents;
import org.sllmr.data.store.Dataset;
import org.sllmr.data.store.DatasetOrigin;
import org.sllmr.preparation.read.Places;
import org.sllmr.preparation.read.RawData;
import org.sllmr.preparation.read.RawLog;
import org.sllmr.preparation.read.RawLogBuilder;

/** Compares preparation with a slow reference implementation that uses lists and maps. */
class PreparationTest {
    private static final SplitSettings DEFAULTS = SplitSettings.defaults();

    private record Event(String user, String item, long time, long position) {}

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 5})
    void sortsAndSplitsLikeTheReferenceImplementation(int core) {
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            boolean withPositions = random.nextBoolean();
            List<Event> events = events(random);
            int negatives = 1 + random.nextInt(3);
            SplitSettings settings =
                    DEFAULTS.withCore(core).withDropShortUsers(true).withNegatives(negatives);
            Map<String, List<Event>> expected = reference(events, core, withPositions);
            if (expected.isEmpty()) {
                continue;
            }

            RawData raw = raw(events, withPositions);
            if (aUserTouchedAllItems(expected)) {
                assertThatThrownBy(() -> Preparation.prepare(raw, "test", settings))
                        .isInstanceOf(InvalidInputException.class);
                continue;
            }

            Dataset dataset = Preparation.prepare(raw, "test", settings);

            check(dataset, expected, negatives, "seed " + seed + ", round " + round);
        }
    }

    private static boolean aUserTouchedAllItems(Map<String, List<Event>> histories) {
        Set<Set<String>> touched = new HashSet<>();
        Set<String> all = new HashSet<>();
        histories.values().forEach(history -> {
            Set<String> items = new HashSet<>(history.stream().map(Event::item).toList());
            touched.add(items);
            all.addAll(items);
        });
        return touched.contains(all);
    }

    private static void check(Dataset dataset, Map<String, List<Event>> expected, int negatives, String replay) {
        TrainingData data = dataset.trainingData();
        TestData testData = dataset.testData();
        assertThat(data.userIds().values()).as(replay).isEqualTo(List.copyOf(expected.keySet()));
        int[] rows = new int[3];
        for (int user = 0; user < data.userIds().size(); user++) {
            List<Event> history = expected.get(data.userIds().value(user));
            int length = history.size();
            assertThat(data.log().length(user)).as(replay).isEqualTo(length - 2);
            assertThat(testData.log().length(user)).as(replay).isEqualTo(length - 1);
            for (int position = 0; position < length - 1; position++) {
                assertThat(data.catalogue().ids().value(testData.log().item(user, position)))
                        .as(replay)
                        .isEqualTo(history.get(position).item());
                assertThat(testData.log().time(user, position))
                        .as(replay)
                        .isEqualTo(history.get(position).time());
            }
            for (int position = 1; position < length - 2; position++) {
                rows[0] = group(data, data.training(), rows[0], user, position, history, negatives, replay);
            }
            rows[1] = group(data, data.validation().samples(), rows[1], user, length - 2, history, negatives, replay);
            rows[2] = group(data, testData.test(), rows[2], user, length - 1, history, negatives, replay);
        }
        assertThat(rows)
                .as(replay)
                .containsExactly(
                        data.training().size(),
                        data.validation().samples().size(),
                        testData.test().size());
    }

    private static int group(
            TrainingData data,
            Samples samples,
            int start,
            int user,
            int position,
            List<Event> history,
            int negatives,
            String replay) {
        Set<String> touched = new HashSet<>();
        history.forEach(event -> touched.add(event.item()));
        for (int row = start; row <= start + negatives; row++) {
            assertThat(samples.instances().users()[row]).as(replay).isEqualTo(user);
            assertThat(samples.instances().positions()[row]).as(replay).isEqualTo(position);
            String item = data.catalogue().ids().value(samples.instances().items()[row]);
            if (row == start) {
                assertThat(item).as(replay).isEqualTo(history.get(position).item());
                assertThat(samples.label(row)).isEqualTo(1);
            } else {
                assertThat(touched).as(replay).doesNotContain(item);
                assertThat(samples.label(row)).isZero();
            }
        }
        return start + 1 + negatives;
    }

    private static Map<String, List<Event>> reference(List<Event> events, int core, boolean withPositions) {
        List<Event> kept = new ArrayList<>(events);
        for (int before = -1; before != kept.size(); ) {
            before = kept.size();
            Map<String, Integer> users = new HashMap<>();
            Map<String, Integer> items = new HashMap<>();
            kept.forEach(event -> {
                users.merge(event.user(), 1, Integer::sum);
                items.merge(event.item(), 1, Integer::sum);
            });
            kept.removeIf(event -> users.get(event.user()) < core || items.get(event.item()) < core);
        }
        Map<String, List<Event>> histories = new LinkedHashMap<>();
        Map<String, Integer> users = new HashMap<>();
        kept.forEach(event -> users.merge(event.user(), 1, Integer::sum));
        kept.removeIf(event -> users.get(event.user()) < 3);
        kept.forEach(event -> histories
                .computeIfAbsent(event.user(), user -> new ArrayList<>())
                .add(event));
        Comparator<Event> order = Comparator.comparingLong(withPositions ? Event::position : Event::time);
        histories.values().forEach(history -> history.sort(order));
        return histories;
    }

    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        int users = 5 + random.nextInt(30);
        int items = 10 + random.nextInt(40);
        int size = users * (3 + random.nextInt(6));
        for (int row = 0; row < size; row++) {
            int user = (int) (users * random.nextDouble() * random.nextDouble());
            events.add(new Event(
                    "u" + user, "i" + (user + random.nextInt(items)), random.nextInt(20), random.nextInt(1000)));
        }
        return events;
    }

    private static RawData raw(List<Event> events, boolean withPositions) {
        RawLogBuilder log = new RawLogBuilder(Places.inMemory("row"), withPositions, List.of());
        events.forEach(event -> log.add(event.user(), event.item(), event.time(), event.position(), List.of()));
        return RawData.of(log.build());
    }

    @Test
    void longHistoriesAreSortedStably() {
        Random random = new Random(8);
        RawLogBuilder log = new RawLogBuilder();
        List<Event> events = new ArrayList<>();
        for (int row = 0; row < 5000; row++) {
            events.add(new Event("u", "i" + row, random.nextInt(300), 0));
            log.add("u", "i" + row, events.get(row).time());
        }
        log.add("v", "x", 1).add("v", "y", 1).add("v", "z", 1);
        events.sort(Comparator.comparingLong(Event::time));

        TestData data =
                Preparation.prepare(RawData.of(log.build()), "test", DEFAULTS).testData();

        for (int position = 0; position < 4999; position++) {
            assertThat("i" + data.log().item(0, position))
                    .isEqualTo(events.get(position).item());
        }
    }

    @Test
    void itemsAreNumberedInTheOrderOfTheirFile() {
        Dataset dataset = Preparation.prepare(
                RawData.of(log(), catalogue("d", "c", "unseen", "b", "a", "e", "f", "g")), "t", DEFAULTS);
        Catalogue items = dataset.trainingData().catalogue();

        assertThat(items.ids().values()).containsExactly("d", "c", "b", "a", "e", "f", "g");
        assertThat(items.text("title").orElseThrow().values())
                .startsWith("title of d", "title of c", "title of b", "title of a");
        Column brand = items.fields().get(0);
        assertThat(brand.vocabulary().values()).startsWith("brand of d", "brand of c", "brand of b", "brand of a");
        assertThat(brand.values()).containsExactly(0, 1, 2, 3, 4, 5, 6);

        Dataset all = Preparation.prepare(
                RawData.of(log(), catalogue("d", "c", "unseen", "b", "a", "e", "f", "g")),
                "t",
                DEFAULTS.withKeepUnseenItems(true));
        assertThat(all.trainingData().catalogue().ids().values())
                .containsExactly("d", "c", "unseen", "b", "a", "e", "f", "g");
    }

    @Test
    void unknownItemsAreRefusedDroppedOrKept() {
        RawData data = RawData.of(log(), catalogue("a", "b", "c", "e", "f", "g"));

        assertThatThrownBy(() -> Preparation.prepare(data, "t", DEFAULTS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "interaction 7: item 'd' is not in the item file; 1 item with 1 interaction in all; add them"
                                + " there, or set split.unknownItems to drop or keep");
        Dataset dropped = Preparation.prepare(data, "t", DEFAULTS.withUnknownItems(UnknownItems.DROP));
        assertThat(dropped.manifest().counts().items()).isEqualTo(6);
        assertThat(dropped.manifest().counts().interactions()).isEqualTo(10);
        Dataset kept = Preparation.prepare(data, "t", DEFAULTS.withUnknownItems(UnknownItems.KEEP));
        Catalogue items = kept.trainingData().catalogue();
        assertThat(items.ids().values()).containsExactly("a", "b", "c", "e", "f", "g", "d");
        assertThat(items.fields().get(0).offsets()).containsExactly(0, 1, 2, 3, 4, 5, 6, 6);
        assertThat(items.text("title").orElseThrow().values()).endsWith("");
        assertThat(kept.manifest().counts().itemsWithoutText()).isEqualTo(1);
        assertThatThrownBy(() -> Preparation.prepare(
                        data, "t", DEFAULTS.withUnknownItems(UnknownItems.KEEP).withRequireText(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("item 'd' has no text; 1 of 7 items have none");
    }

    @Test
    void shortUsersAreReportedWithRemediesOrDropped() {
        RawLogBuilder log = new RawLogBuilder();
        for (String item : List.of("a", "b", "c")) {
            log.add("long", item, 1);
        }
        log.add("one", "d", 1).add("two", "a", 1).add("two", "e", 2);
        RawData data = RawData.of(log.build());

        assertThatThrownBy(() -> Preparation.prepare(data, "t", DEFAULTS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("interaction 3: user 'one' has 1 interaction, at least 3 are needed (one each for history,"
                        + " validation and test); 2 users in all have too few; leave them out"
                        + " (split.dropShortUsers=true, or --drop-short-users), or keep a k-core (split.core=5, or"
                        + " --core 5)");
        assertThatThrownBy(() -> Preparation.prepare(data, "t", DEFAULTS.withDropShortUsers(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("interaction 0: user 'long' interacted with all 3 items");
        assertThatThrownBy(() -> Preparation.prepare(data, "t", DEFAULTS.withCore(4)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the 4-core has no interactions");
        assertThatThrownBy(() -> Preparation.prepare(RawData.of(new RawLogBuilder().build()), "t", DEFAULTS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no interactions");
    }

    @Test
    void aSeedDeterminesTheBytes() {
        List<Event> events = events(new Random(4));
        SplitSettings settings = DEFAULTS.withDropShortUsers(true);

        String hash = Preparation.prepare(raw(events, false), "t", settings)
                .manifest()
                .contentHash();

        assertThat(Preparation.prepare(raw(events, false), "t", settings)
                        .manifest()
                        .contentHash())
                .isEqualTo(hash);
        assertThat(Preparation.prepare(raw(events, false), "t", settings.withSeed(43))
                        .manifest()
                        .contentHash())
                .isNotEqualTo(hash);
    }

    /** These numbers must be the same on every machine and Java version: stored results depend on them. */
    @Test
    void negativesAreTheSameOnEveryPlatform() {
        RawLogBuilder log = new RawLogBuilder();
        for (int row = 0; row < 40; row++) {
            log.add("u" + row % 4, "i" + row, row);
        }

        TrainingData data =
                Preparation.prepare(RawData.of(log.build()), "t", DEFAULTS).trainingData();

        int[] drawn = new int[7];
        for (int positive = 0; positive < drawn.length; positive++) {
            drawn[positive] = data.training().instances().items()[2 * positive + 1];
        }
        assertThat(drawn).containsExactly(15, 19, 39, 33, 26, 27, 18);
    }

    /** More users than a block holds, histories of many lengths, and equal times. */
    @Test
    void theNumberOfThreadsDoesNotChangeTheBytes() throws InterruptedException {
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        RawLogBuilder log = new RawLogBuilder();
        for (int row = 0; row < 60_000; row++) {
            int user = row < 9_000 ? row % 3_000 : (int) (3_000 * Math.pow(random.nextDouble(), 3));
            log.add("u" + user, "i" + random.nextInt(2_000), random.nextInt(500));
        }
        RawData data = new RawData(log.build(), Optional.empty(), Optional.empty(), List.of());
        Set<String> hashes = new HashSet<>();
        for (int threads : new int[] {1, 2, 5}) {
            try (Blocks blocks = new Blocks(threads)) {
                Contents contents = Preparation.split(data, "test", DEFAULTS.withNegatives(2), blocks);
                DatasetOrigin origin = new DatasetOrigin("test", 1, List.of(), Map.of());
                hashes.add(Dataset.of(contents, origin, blocks).manifest().contentHash());
                hashes.add(Dataset.of(contents, origin).manifest().contentHash());
            }
        }
        assertThat(hashes).as("seed %s", seed).hasSize(1);
    }

    @Test
    void tooManySamplesForAnArrayAreRefused() {
        InteractionLog log = InteractionLog.of(new int[] {0, 3_000_000}, new int[3_000_000], new long[3_000_000]);
        try (Blocks blocks = new Blocks(1)) {
            assertThatThrownBy(() -> new NegativeSampler(
                                    log, new Vocabulary(List.of("u")), 0, index -> "", 10, 999, new Seed(1))
                            .draw(blocks))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(
                            "there would be 2999997000 samples (2999997 positives with 999 negatives each)")
                    .hasMessageContaining("at most 2147483639 are possible");
        }
    }

    @Test
    void everyUntouchedItemIsEquallyLikely() throws InterruptedException {
        int items = 20;
        int draws = 40_000;
        InteractionLog log = InteractionLog.of(new int[] {0, 3}, new int[] {0, 7, 19}, new long[3]);
        int[] counts = new int[items];

        int[] test;
        try (Blocks blocks = new Blocks(1)) {
            test = new NegativeSampler(log, new Vocabulary(List.of("u")), 0, index -> "", items, draws, new Seed(1))
                    .draw(blocks)
                    .test();
        }

        for (int item : test) {
            counts[item]++;
        }
        double expected = draws / 17.0;
        for (int item = 0; item < items; item++) {
            boolean touched = item == 0 || item == 7 || item == 19;
            // Five standard deviations.
            assertThat((double) counts[item]).isBetween(touched ? 0 : expected - 250, touched ? 0 : expected + 250);
        }
    }

    @Test
    void untouchedItemsEqualAFilteredList() {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            int items = 1 + random.nextInt(30);
            int[] touched = random.ints(random.nextInt(40), 0, items)
                    .distinct()
                    .sorted()
                    .toArray();
            List<Integer> untouched = new ArrayList<>();
            for (int item = 0; item < items; item++) {
                int wanted = item;
                if (Arrays.stream(touched).noneMatch(one -> one == wanted)) {
                    untouched.add(item);
                }
            }
            InteractionLog log = InteractionLog.of(new int[] {0, touched.length}, touched, new long[touched.length]);
            UntouchedItems byRank = UntouchedItems.of(log, 0, items);
            assertThat(byRank.count()).isEqualTo(untouched.size());
            for (int rank = 0; rank < untouched.size(); rank++) {
                assertThat(byRank.item(rank)).isEqualTo(untouched.get(rank));
            }
        }
    }

    @Test
    void contextFieldsFollowTheirInteractions() {
        RawLogBuilder log = new RawLogBuilder(Places.inMemory("row"), false, List.of("device"));
        log.add("u", "c", 3, 0, List.of(List.of("tv")));
        log.add("v", "d", 1, 0, List.of(List.of("phone")));
        log.add("u", "a", 1, 0, List.of(List.of("web")));
        log.add("v", "e", 2, 0, List.of(List.of()));
        log.add("u", "b", 2, 0, List.of(List.of("phone", "web", "phone")));
        log.add("v", "f", 3, 0, List.of(List.of("tv")));

        Column device = Preparation.prepare(RawData.of(log.build()), "t", DEFAULTS)
                .trainingData()
                .contextFields()
                .get(0);

        assertThat(device.vocabulary().values()).containsExactly("web", "phone", "tv");
        assertThat(device.offsets()).containsExactly(0, 1, 3, 4, 5, 5, 6);
        assertThat(device.values()).containsExactly(0, 1, 0, 2, 1, 2);
    }

    /** User u took a, b, c; v took b, c, a, c, d; w took e, f, g. */
    private static RawLog log() {
        return new RawLogBuilder()
                .add("u", "a", 1)
                .add("u", "b", 2)
                .add("u", "c", 3)
                .add("v", "b", 1)
                .add("v", "c", 2)
                .add("v", "a", 3)
                .add("v", "c", 4)
                .add("v", "d", 5)
                .add("w", "e", 1)
                .add("w", "f", 2)
                .add("w", "g", 3)
                .build();
    }

    private static Catalogue catalogue(String... ids) {
        ColumnBuilder brand = new ColumnBuilder("brand");
        List<String> titles = new ArrayList<>();
        for (String id : ids) {
            brand.add(List.of("brand of " + id));
            titles.add("title of " + id);
        }
        return new Catalogue(
                new Vocabulary(List.of(ids)),
                List.of(brand.build()),
                List.of(new Catalogue.TextColumn("title", titles)));
    }
}
