// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Part;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.LabelSettings;
import org.sllmr.preparation.read.PartFiles;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;

/** Logs with labels, impressions and parts, from files. */
class LabelledTest {
    private static final LabelSettings CLICKS =
            new LabelSettings(Optional.of("click"), Optional.empty(), Optional.of("impression"));

    @TempDir
    Path folder;

    /** One impression: two rows of a user at a time, of which the first may be clicked. */
    private static String impression(String id, String user, String first, String second, int click, long time) {
        return id + "," + user + "," + first + "," + click + "," + time + ",top\n" + id + "," + user + "," + second
                + ",0," + time + ",side\n";
    }

    private static final String HEADER = "impression,user,item,click,time,place\n";
    private static final String LOG = HEADER
            + impression("i1", "u", "a", "b", 1, 10)
            + impression("i2", "u", "b", "c", 1, 20)
            + impression("i3", "v", "c", "a", 1, 30)
            + impression("i4", "u", "c", "a", 1, 40)
            + impression("i5", "v", "a", "d", 1, 50)
            + impression("i6", "u", "d", "a", 1, 60)
            + impression("i7", "w", "a", "e", 1, 70);

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private InteractionSource source(String content) {
        return InteractionSource.of(TableFile.of(file("log.csv", content)), "user", "item", "time")
                .withLabels(CLICKS);
    }

    private Dataset prepare(InteractionSource source, SplitSettings split) {
        Path out = folder.resolve("out");
        PreparationSettings settings =
                new PreparationSettings("t", new SourceSettings(source, Optional.empty(), Optional.empty()), split);
        Dataset made = Preparation.run(settings, out, true, ProgressListener.NONE);
        Dataset read = Dataset.open(out);
        Dataset.verify(out);
        assertThat(read.manifest()).hasToString(made.manifest().toString());
        return read;
    }

    private static SplitSettings at(String validation, String test) {
        return SplitSettings.defaults().withParts(PartSettings.at(validation, test));
    }

    /** Rows as texts: user, item, label, history and context. */
    private static List<String> rows(Dataset dataset, Part part) {
        TrainingData data = dataset.trainingData();
        List<String> rows = new ArrayList<>();
        Samples samples = part.samples();
        for (int row = 0; row < samples.size(); row++) {
            int user = samples.instances().users()[row];
            StringBuilder text = new StringBuilder(data.userIds().value(user));
            text.append(' ')
                    .append(data.catalogue().ids().value(samples.instances().items()[row]));
            text.append(' ').append(samples.label(row)).append(" after ");
            for (int position = 0; position < samples.instances().positions()[row]; position++) {
                text.append(data.catalogue().ids().value(part.log().item(user, position)));
            }
            int context = samples.instances().context(part.log(), row);
            data.contextFields().forEach(field -> text.append(' ').append(field.texts(context)));
            rows.add(text.toString());
        }
        return rows;
    }

    private static Part training(Dataset dataset) {
        return new Part(dataset.trainingData().log(), dataset.trainingData().training());
    }

    private static Part test(Dataset dataset) {
        return new Part(dataset.testData().log(), dataset.testData().test());
    }

    @Test
    void rowsAreSamplesAndHistoriesArePositivesStrictlyBefore() {
        Dataset dataset = prepare(source(LOG).withFields(FieldSettings.of("place")), at("1970-01-01T00:00:40Z", "60"));

        assertThat(rows(dataset, training(dataset)))
                .containsExactly(
                        "u a 1 after  [top]",
                        "u b 0 after  [side]",
                        "u b 1 after a [top]",
                        "u c 0 after a [side]",
                        "v c 1 after  [top]",
                        "v a 0 after  [side]");
        assertThat(rows(dataset, dataset.trainingData().validation()))
                .containsExactly(
                        "u c 1 after ab [top]", "u a 0 after ab [side]", "v a 1 after c [top]", "v d 0 after c [side]");
        assertThat(rows(dataset, test(dataset)))
                .containsExactly(
                        "u d 1 after abc [top]", "u a 0 after abc [side]", "w a 1 after  [top]", "w e 0 after  [side]");
        assertThat(dataset.testData().test().lists().count()).isEqualTo(2);
        assertThat(dataset.manifest().counts().interactions()).isEqualTo(7);
    }

    @Test
    void everythingIsAllPartsUserByUser() {
        Dataset dataset = prepare(source(LOG).withFields(FieldSettings.of("place")), at("40", "60"));
        TrainingData all = dataset.everything();

        assertThat(rows(dataset, new Part(all.log(), all.training())))
                .containsExactly(
                        "u a 1 after  [top]",
                        "u b 0 after  [side]",
                        "u b 1 after a [top]",
                        "u c 0 after a [side]",
                        "u c 1 after ab [top]",
                        "u a 0 after ab [side]",
                        "u d 1 after abc [top]",
                        "u a 0 after abc [side]",
                        "v c 1 after  [top]",
                        "v a 0 after  [side]",
                        "v a 1 after c [top]",
                        "v d 0 after c [side]",
                        "w a 1 after  [top]",
                        "w e 0 after  [side]");
        assertThat(all.training().lists().count()).isEqualTo(7);
        assertThat(all.log().length(0)).isEqualTo(4);
        assertThat(all.validation().samples().size()).isZero();
    }

    @Test
    void theTypesKeepLaterInteractionsFromTraining() {
        TrainingData data = prepare(source(LOG), at("40", "60")).trainingData();

        assertThat(data.log().length(0)).isEqualTo(2);
        assertThat(data.validation().log().length(0)).isEqualTo(3);
        assertThatThrownBy(() -> data.validation().log().item(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        // A user of the test part only is known by name, and nothing else.
        assertThat(data.log().length(2)).isZero();
    }

    @Test
    void byDefaultTheLastTenthsOfTheTimeLineAreHeldOut() {
        StringBuilder log = new StringBuilder(HEADER);
        for (int i = 0; i < 100; i++) {
            log.append(impression("i" + i, "u" + i % 7, "a" + i % 5, "b" + i % 3, 1, 1000 + i));
        }
        Dataset dataset = prepare(source(log.toString()), SplitSettings.defaults());

        assertThat(dataset.partsBy()).isEqualTo("time");
        assertThat(dataset.trainingData().training().size()).isEqualTo(160);
        assertThat(dataset.trainingData().validation().samples().size()).isEqualTo(20);
        assertThat(dataset.testData().test().size()).isEqualTo(20);
    }

    @Test
    void aComparisonNamesThePositives() {
        String log = "user,item,rating,time\n" + "u,a,4,1\nu,b,3.5,2\nu,c,5,3\nu,d,1,4\nu,e,4.0,5\nu,f,2,6\n";
        InteractionSource rated = InteractionSource.of(TableFile.of(file("r.csv", log)), "user", "item", "time")
                .withLabels(new LabelSettings(Optional.empty(), Optional.of("rating >= 4"), Optional.empty()));

        Dataset dataset = prepare(rated, at("3", "5"));

        assertThat(rows(dataset, training(dataset))).containsExactly("u a 1 after ", "u b 0 after a");
        assertThat(rows(dataset, test(dataset))).containsExactly("u e 1 after ac", "u f 0 after ace");
        for (String none : List.of("rating", "rating => 4", "rating =< 4", "rating <> 4", "rating === 4", ">= 4")) {
            assertThatThrownBy(() -> new LabelSettings(Optional.empty(), Optional.of(none), Optional.empty()))
                    .as(none)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("rating >= 4");
        }
        for (String one : List.of("rating == 4", "rating != 4", "mood='>4'", "well! = 1")) {
            assertThat(new LabelSettings(Optional.empty(), Optional.of(one), Optional.empty()).positive())
                    .contains(one);
        }
    }

    @Test
    void negativesAreDrawnOnlyIfAskedFor() {
        Dataset dataset = prepare(source(LOG), at("40", "60").withNegatives(2));

        Samples training = dataset.trainingData().training();
        assertThat(training.size()).isEqualTo(6 + 3 * 2);
        assertThat(training.positives()).isEqualTo(3);
        assertThat(training.lists().count()).isEqualTo(3);
        InteractionLog all = dataset.testData().log();
        for (int row = 0; row < training.size(); row++) {
            // u has interacted with a, b, c and d, so e is the only item to draw.
            if (row == 1 || row == 2) {
                assertThat(dataset.trainingData()
                                .catalogue()
                                .ids()
                                .value(training.instances().items()[row]))
                        .isEqualTo("e");
            }
        }
        assertThat(all.length(0)).isEqualTo(4);
    }

    @Test
    void partsMayBeFilesAndHistoriesAFileOfTheirOwn() {
        InteractionSource source = InteractionSource.of(
                        TableFile.of(file("train.csv", HEADER + impression("i1", "u", "a", "b", 1, 10))),
                        "user",
                        "item",
                        "time")
                .withLabels(CLICKS)
                .withParts(new PartFiles(
                        Optional.of(file("history.csv", "user,item,time\nu,x,1\nw,y,2\n")),
                        // Earlier than the training row: that one is not known to it.
                        Optional.of(file("validation.csv", HEADER + impression("i2", "u", "b", "c", 1, 5))),
                        Optional.of(file("test.csv", HEADER + impression("i3", "w", "c", "a", 1, 30)))));

        Dataset dataset = prepare(source, SplitSettings.defaults());

        assertThat(dataset.partsBy()).isEqualTo("files");
        assertThat(rows(dataset, training(dataset))).containsExactly("u a 1 after x", "u b 0 after x");
        assertThat(rows(dataset, dataset.trainingData().validation()))
                .containsExactly("u b 1 after x", "u c 0 after x");
        assertThat(rows(dataset, test(dataset))).containsExactly("w c 1 after y", "w a 0 after y");
    }

    @Test
    void aFileOfAPartWithoutRowsIsNamed() {
        InteractionSource source = InteractionSource.of(
                        TableFile.of(file("train.csv", HEADER + impression("i1", "u", "a", "b", 1, 10))),
                        "user",
                        "item",
                        "time")
                .withLabels(CLICKS)
                .withParts(new PartFiles(
                        Optional.of(file("history.csv", "user,item,time\n")),
                        Optional.of(file("validation.csv", HEADER + "\n")),
                        Optional.of(file("test.csv", HEADER))));

        assertThatThrownBy(() -> prepare(source, SplitSettings.defaults()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        failure -> assertThat(failure.problems())
                                .satisfiesExactly(
                                        first -> assertThat(first.toString())
                                                .contains("validation.csv", "has no rows, so a part would be empty"),
                                        second -> assertThat(second.toString()).contains("test.csv", "has no rows")));
    }

    /** Users u0 to u(n-1) with three interactions, six candidates each, of which two were taken and one is known. */
    private InteractionSource judged(int users) {
        StringBuilder train = new StringBuilder("user,item,time\n");
        StringBuilder test = new StringBuilder("user,item,time\n");
        StringBuilder candidates = new StringBuilder("model,user,item\n");
        for (int user = 0; user < users; user++) {
            for (int i = 0; i < 3; i++) {
                train.append("u%d,a%d,%d%n".formatted(user, (user + i) % 7, 100 - i));
            }
            // The first was taken before anything that is trained on, and the last is no candidate.
            test.append("u%d,b%d,1%nu%d,c%d,200%nu%d,x,300%n".formatted(user, user % 5, user, user % 3, user));
            for (String model : List.of("m1", "m2")) {
                for (String item : List.of("b" + user % 5, "d1", "d2", "c" + user % 3, "d3", "a" + user % 7)) {
                    candidates.append("%s,u%d,%s%n".formatted(model, user, item));
                }
            }
        }
        // Nothing can be measured on users of whom all or no candidates were taken, or whom training does not know.
        train.append("all,a1,1\nall,a2,2\nnone,a1,1\nnone,a2,2\n");
        test.append("all,b1,3\nnone,b1,3\nnew,b1,3\n");
        candidates.append("m1,all,b1\nm1,none,d1\nm1,new,b1\nm1,new,d1\n");
        return InteractionSource.of(TableFile.of(file("train.csv", train.toString())), "user", "item", "time")
                .withParts(new PartFiles(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(file("test.csv", test.toString())),
                        Optional.of(file("candidates.csv", candidates.toString()))));
    }

    private static SplitSettings fold(int fold) {
        return SplitSettings.defaults().withParts(PartSettings.defaults().withFold(fold, 4));
    }

    @Test
    void byFoldsEachUserIsTestedOnceOnTheUsersCandidates() {
        InteractionSource source = judged(20);
        Set<String> tested = new TreeSet<>();
        for (int fold = 1; fold <= 4; fold++) {
            Dataset dataset = prepare(source, fold(fold));
            TrainingData data = dataset.trainingData();
            Samples calibration = data.calibration().orElseThrow();

            assertThat(dataset.partsBy()).isEqualTo("folds");
            assertThat(users(dataset.testData().test())).hasSize(5);
            assertThat(users(data.validation().samples())).hasSize(5);
            assertThat(users(calibration)).hasSize(10);
            Set<Integer> all = users(dataset.testData().test());
            all.addAll(users(data.validation().samples()));
            all.addAll(users(calibration));
            assertThat(all).as("no user has two roles").hasSize(20);
            for (int user : users(dataset.testData().test())) {
                tested.add(data.userIds().value(user));
            }
            for (Part part : List.of(test(dataset), data.validation(), new Part(data.log(), calibration))) {
                assertThat(part.samples().positives())
                        .isEqualTo(part.samples().lists().count() * 2);
                assertThat(part.samples().size())
                        .isEqualTo(part.samples().lists().count() * 5);
                assertThat(Arrays.stream(part.samples().instances().positions()).distinct())
                        .as("all interactions of training, and none of the candidates, are known")
                        .containsExactly(3);
            }
            assertThat(data.training().positives())
                    .as("three of each user but the first; two of two")
                    .isEqualTo(42);
            assertThat(data.training().labelled()).isFalse();
            assertThat(data.log().size())
                    .as("training has interactions of training only")
                    .isEqualTo(64);
            assertThat(data.catalogue().ids().indexOf("x"))
                    .as("an item that is no candidate")
                    .isNegative();
        }
        assertThat(tested).as("each user once").hasSize(20);
    }

    @Test
    void byFoldsTrainingIsTheSameWhicheverIsTested() {
        InteractionSource source = judged(20);
        Dataset first = prepare(source, fold(1));
        Dataset second = prepare(source, fold(3));
        assertThat(rows(second, training(second)))
                .as("with the negatives: they tell nothing of who is tested")
                .isEqualTo(rows(first, training(first)));
        assertThat(second.trainingData().hash())
                .isNotEqualTo(first.trainingData().hash());
    }

    /** Labels decide on metrics and calibration, and on nothing that is trained on. */
    @Test
    void byFoldsNoLabelOfACandidateReachesTraining() {
        InteractionSource source = judged(20);
        Dataset before = prepare(source, fold(2));
        StringBuilder swapped = new StringBuilder("user,item,time\n");
        for (int user = 0; user < 20; user++) {
            swapped.append("u%d,d1,1%nu%d,d2,2%n".formatted(user, user));
        }
        file("test.csv", swapped.toString());
        Dataset after = prepare(source, fold(2));
        assertThat(users(after.testData().test()))
                .isEqualTo(users(before.testData().test()));
        assertThat(rows(after, training(after))).isEqualTo(rows(before, training(before)));
        assertThat(rows(after, test(after))).isNotEqualTo(rows(before, test(before)));
    }

    @Test
    void byFoldsNeedsUsersAndCandidates() {
        assertThatThrownBy(() -> prepare(judged(3), fold(1)))
                .hasMessageContaining("split.parts.folds")
                .hasMessageContaining("is 4, but only 3 users have");
        assertThatThrownBy(() -> prepare(source(LOG), fold(1))).hasMessageContaining("--candidates");
        assertThatThrownBy(() -> PartSettings.defaults().withFold(5, 4)).hasMessageContaining("fold");
        assertThatThrownBy(
                        () -> new PartFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(folder)))
                .hasMessageContaining("which of the candidates the users took");
        assertThatThrownBy(() -> prepare(
                        judged(20),
                        SplitSettings.defaults()
                                .withParts(PartSettings.defaults().withBy(PartKind.FILES))))
                .hasMessageContaining("there is a file of candidates");
        PartFiles files = judged(20).parts();
        assertThatThrownBy(() -> prepare(
                        judged(20)
                                .withParts(new PartFiles(
                                        Optional.empty(), files.test(), files.test(), files.candidates())),
                        fold(1)))
                .hasMessageContaining("file of validation rows or histories");
        LabelSettings labels = new LabelSettings(Optional.empty(), Optional.of("time > 0"), Optional.empty());
        assertThatThrownBy(() -> prepare(judged(20).withLabels(labels), fold(1)))
                .hasMessageContaining("leave the labels out");
    }

    @Test
    void usersMayBeKeptOutOfTraining() {
        StringBuilder log = new StringBuilder(HEADER);
        for (int i = 0; i < 60; i++) {
            log.append(impression("i" + i, "u" + i % 20, "a" + i % 5, "b" + i % 3, 1, 1000 + i));
        }
        SplitSettings byUsers =
                SplitSettings.defaults().withParts(PartSettings.defaults().withBy(PartKind.USERS));
        Dataset dataset = prepare(source(log.toString()), byUsers);

        assertThat(users(dataset.trainingData().training())).hasSize(16);
        Set<Integer> known = users(dataset.trainingData().training());
        for (Samples heldOut : List.of(
                dataset.trainingData().validation().samples(),
                dataset.testData().test())) {
            assertThat(users(heldOut)).hasSize(2).doesNotContainAnyElementsOf(known);
            for (int user : users(heldOut)) {
                assertThat(dataset.trainingData().log().length(user)).isZero();
            }
            // Their histories are given.
            assertThat(Arrays.stream(heldOut.instances().positions()).max()).hasValue(2);
        }
    }

    private static Set<Integer> users(Samples samples) {
        return new TreeSet<>(Arrays.stream(samples.instances().users()).boxed().toList());
    }

    @Test
    void rowsWithoutUsersHaveNoHistory() {
        InteractionSource anonymous = new InteractionSource(
                TableFile.of(file("log.csv", LOG)),
                Optional.empty(),
                "item",
                Optional.of("time"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(new LabelSettings(Optional.of("click"), Optional.empty(), Optional.empty())),
                PartFiles.none());
        Dataset dataset = prepare(anonymous, at("40", "60"));

        assertThat(dataset.trainingData().log().users()).isEqualTo(1);
        assertThat(dataset.trainingData().training().instances().positions()).containsOnly(0);
        assertThat(dataset.testData().log().size()).isZero();
    }

    @Test
    void positivesWithoutLabelsAreDividedByTimeToo() {
        String log = "user,item,time\nu,a,1\nu,b,2\nv,c,3\nu,c,4\nv,d,5\nu,d,6\nw,a,7\nx,e,2\n";
        InteractionSource source = InteractionSource.of(TableFile.of(file("log.csv", log)), "user", "item", "time");
        Dataset dataset = prepare(source, at("4", "6").withNegatives(1));

        // A first interaction is history only in training; later it is what a new user does.
        assertThat(positives(rows(dataset, training(dataset)))).containsExactly("u b 1 after a");
        assertThat(positives(rows(dataset, dataset.trainingData().validation())))
                .containsExactly("u c 1 after ab", "v d 1 after c");
        assertThat(positives(rows(dataset, test(dataset)))).containsExactly("u d 1 after abc", "w a 1 after ");
        assertThat(dataset.testData().test().groupSize()).isEqualTo(2);
    }

    private static List<String> positives(List<String> rows) {
        return rows.stream().filter(row -> row.contains(" 1 ")).toList();
    }

    @Test
    void aSampleOfUsersKeepsAllOfTheirRows() {
        SplitSettings two = at("40", "60").withUsersSample(2);
        Dataset dataset = prepare(source(LOG), at("40", "60").withUsersSample(3));
        assertThat(dataset.manifest().counts().users()).isEqualTo(3);
        assertThat(dataset.manifest().counts().interactions()).isEqualTo(7);
        try {
            assertThat(prepare(source(LOG), two).manifest().counts().users()).isEqualTo(2);
        } catch (InvalidInputException partWithoutRows) {
            assertThat(partWithoutRows).hasMessageContaining("part without rows");
        }
    }

    /** Every part, history and list of random logs, by the definitions. */
    @ParameterizedTest
    @EnumSource(names = {"TIME", "USERS"})
    void randomLogsAreDividedByTheDefinitions(PartKind kind) {
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Random(seed);
        for (int trial = 0; trial < 30; trial++) {
            String of = "seed " + seed + ", trial " + trial;
            List<Row> all = new ArrayList<>();
            StringBuilder log = new StringBuilder(HEADER);
            int impressions = 40 + random.nextInt(60);
            for (int impression = 0; impression < impressions; impression++) {
                String user = "u" + random.nextInt(12);
                long time = 100 + random.nextInt(30);
                int size = 1 + random.nextInt(4);
                for (int at = 0; at < size; at++) {
                    Row row = new Row("i" + impression, user, "a" + random.nextInt(9), random.nextInt(2), time);
                    all.add(row);
                    log.append(row.line());
                }
            }
            Dataset dataset;
            try {
                dataset = prepare(
                        source(log.toString()),
                        kind == PartKind.TIME
                                ? at("115", "122")
                                : SplitSettings.defaults()
                                        .withParts(new PartSettings(
                                                Optional.of(kind),
                                                Optional.empty(),
                                                Optional.empty(),
                                                0.3,
                                                0.3,
                                                5,
                                                1)));
            } catch (InvalidInputException partOfOneClass) {
                continue;
            }
            List<Part> parts = List.of(training(dataset), dataset.trainingData().validation(), test(dataset));
            int rows = 0;
            for (int part = 0; part < 3; part++) {
                int wanted = part;
                Predicate<Row> own = kind == PartKind.TIME
                        ? row -> row.time() < 115 ? wanted == 0 : row.time() < 122 ? wanted == 1 : wanted == 2
                        : row -> usersOf(dataset, parts.get(wanted)).contains(row.user());
                List<String> expected = all.stream()
                        .filter(own)
                        .map(row ->
                                row.item() + " " + row.label() + " of " + row.user() + " after " + history(all, row))
                        .sorted()
                        .toList();
                assertThat(found(dataset, parts.get(part))).as(of).isEqualTo(expected);
                assertThat(parts.get(part).samples().lists().count()).as(of).isEqualTo((int)
                        all.stream().filter(own).map(Row::impression).distinct().count());
                rows += expected.size();
            }
            assertThat(rows).as(of).isEqualTo(all.size());
        }
    }

    private record Row(String impression, String user, String item, int label, long time) {
        String line() {
            return impression + "," + user + "," + item + "," + label + "," + time + ",x\n";
        }
    }

    private static Set<String> usersOf(Dataset dataset, Part part) {
        Set<String> users = new HashSet<>();
        for (int user : part.samples().instances().users()) {
            users.add(dataset.trainingData().userIds().value(user));
        }
        return users;
    }

    /** The positives of a row's user that are strictly earlier; those of one time as a set. */
    private static String history(List<Row> all, Row row) {
        return all.stream()
                .filter(other -> other.user().equals(row.user()) && other.label() == 1 && other.time() < row.time())
                .map(Row::item)
                .sorted()
                .toList()
                .toString();
    }

    private static List<String> found(Dataset dataset, Part part) {
        List<String> rows = new ArrayList<>();
        Samples samples = part.samples();
        TrainingData data = dataset.trainingData();
        for (int row = 0; row < samples.size(); row++) {
            int user = samples.instances().users()[row];
            List<String> history = new ArrayList<>();
            for (int position = 0; position < samples.instances().positions()[row]; position++) {
                history.add(data.catalogue().ids().value(part.log().item(user, position)));
            }
            rows.add(data.catalogue().ids().value(samples.instances().items()[row]) + " " + samples.label(row) + " of "
                    + data.userIds().value(user) + " after "
                    + history.stream().sorted().toList());
        }
        return rows.stream().sorted().toList();
    }

    @Test
    void errorsNameFileLineAndRemedy() {
        fails(
                LOG + "i8,u,a,2,80,top\n",
                at("40", "60"),
                "log.csv:16",
                "label '2' in column 'click' is neither 0 nor 1");
        fails(LOG + ",u,a,1,80,top\n", at("40", "60"), "log.csv:16", "has no impression in column 'impression'");
        fails(LOG + "i7,x,a,1,70,top\n", at("40", "60"), "log.csv:16", "impression 'i7'", "log.csv:14", "two users");
        fails(
                LOG + "i1,u,a,1,80,top\n",
                at("40", "60"),
                "log.csv:16",
                "impression 'i1'",
                "log.csv:2",
                "in the test part");
        fails(
                LOG.replaceAll("\ni\\d", "\none"),
                SplitSettings.defaults(),
                "log.csv:6",
                "impression 'one'",
                "two users",
                "name a column whose values differ between users");
        fails(LOG, at("40", "600"), "split.parts", "test part without rows", "--test-from");
        fails(LOG, at("5", "60"), "training part without rows");
        fails(LOG.replace(",1,70", ",0,70").replace(",1,60", ",0,60"), at("40", "60"), "test part with negatives only");
        fails(LOG, SplitSettings.defaults().withCore(5), "split.core", "samples as they are");
        fails(LOG, SplitSettings.defaults().withDropRepeats(true), "split.dropRepeats", "shown twice");
        fails(LOG, SplitSettings.defaults().withDropShortUsers(true), "split.dropShortUsers", "only leave-one-out");
        fails(
                LOG,
                SplitSettings.defaults().withParts(PartSettings.defaults().withBy(PartKind.LEAVE_ONE_OUT)),
                "split.parts.by",
                "rows with labels are");
        fails(
                LOG,
                SplitSettings.defaults().withParts(PartSettings.defaults().withBy(PartKind.FILES)),
                "split.parts.by",
                "--validation, --test");
    }

    private void fails(String log, SplitSettings split, String... messages) {
        Path out = folder.resolve("none");
        assertThatThrownBy(() -> Preparation.run(
                        new PreparationSettings(
                                "t", new SourceSettings(source(log), Optional.empty(), Optional.empty()), split),
                        out,
                        true,
                        ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(e -> {
                    for (String message : messages) {
                        assertThat(e).hasMessageContaining(message);
                    }
                });
        assertThat(out).doesNotExist();
    }

    @Test
    void aRowWithoutTimeIsInNoPart() {
        String log = HEADER.replace("time,", "time,order,") + "i1,u,a,1,,1,top\n";
        InteractionSource ordered = source(log).withPosition("order");
        assertThatThrownBy(() -> prepare(ordered, at("40", "60")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("log.csv:2")
                .hasMessageContaining("has no time, so it is in no part");
    }

    @Test
    void settingsThatContradictAreReported() {
        assertThatThrownBy(() -> PartSettings.at("2014-07-23", "2014-07-22"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("after validationFrom");
        assertThatThrownBy(() -> PartSettings.at("yesterday", "2014-07-22"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("seconds since 1970");
        assertThatThrownBy(() -> source(LOG).withFields(FieldSettings.of("click")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("give it away");
    }
}
