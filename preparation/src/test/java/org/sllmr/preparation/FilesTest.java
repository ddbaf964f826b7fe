// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.describe.Repeats;
import org.sllmr.data.describe.Statistics;
import org.sllmr.data.store.Dataset;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.RawData;
import org.sllmr.preparation.read.RawDataReader;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.preparation.read.TimeFormat;
import org.sllmr.preparation.read.UserSource;

/** From files to a dataset folder; errors are reported with file, line and remedy, and leave nothing behind. */
class FilesTest {
    private static final String ITEMS = """
            id\ttitle\tpath
            a\tLamp "12"\tHome > Light || Home > Gifts
            b\tRug\tHome
            c\tPen\tOffice > Gifts
            d\t\t
            e\tMug\tHome > Kitchen
            """;
    private static final String LOG = """
            user\titem\ttime\tdevice
            u\ta\t3\tweb
            u\tb\t1\tapp
            v\tc\t1\tapp
            u\tc\t2\t
            v\td\t1\tweb
            v\te\t1\tweb
            """;

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void place() {
        out = folder.resolve("out");
    }

    @Test
    void aSmallDataset() throws IOException {
        Path users = write("users.tsv", "name\tcity\nv\tUlm\nx\tBonn\n");
        SourceSettings sources = new SourceSettings(
                interactions(LOG).withFields(FieldSettings.of("device")),
                Optional.of(items(ITEMS)),
                Optional.of(new UserSource(TableFile.of(users), "name", List.of(FieldSettings.of("city")))));
        List<String> stages = new ArrayList<>();

        Dataset prepared = Preparation.run(
                PreparationSettings.of("small", sources), out, false, (stage, done, total) -> stages.add(stage));
        TrainingData data = Dataset.open(out).trainingData();

        assertThat(stages).contains("reading log.tsv", "reading items.tsv", "splitting", "writing " + out);
        assertThat(data.hash()).isEqualTo(prepared.manifest().contentHash());
        assertThat(data.userIds().values()).containsExactly("u", "v");
        assertThat(data.catalogue().ids().values()).containsExactly("a", "b", "c", "d", "e");
        // u took b, c, a in order of time; v took c, d, e, whose times are equal, in order of the file.
        assertThat(data.log().item(0, 0)).isEqualTo(1);
        assertThat(data.log().item(1, 0)).isEqualTo(2);
        assertThat(data.validation().samples().instances().items()[0]).isEqualTo(2);
        assertThat(data.validation().samples().instances().items()[2]).isEqualTo(3);
        Column path = data.catalogue().fields().get(0);
        assertThat(path.vocabulary().values()).containsExactly("Home", "Light", "Gifts", "Office", "Kitchen");
        assertThat(path.offsets()).containsExactly(0, 3, 4, 6, 6, 8);
        assertThat(data.catalogue().text("title").orElseThrow().values())
                .containsExactly("Lamp \"12\"", "Rug", "Pen", "", "Mug");
        assertThat(data.userFields().get(0).offsets()).containsExactly(0, 0, 1);
        assertThat(data.contextFields().get(0).vocabulary().values()).containsExactly("app", "web");
        assertThat(data.contextFields().get(0).offsets()).containsExactly(0, 1, 1, 2, 3, 4, 5);
        assertThat(prepared.manifest().sources())
                .extracting(source -> source.name() + " " + source.size())
                .containsExactly("log.tsv " + LOG.length(), "items.tsv " + ITEMS.length(), "users.tsv 23");
        assertThat(prepared.manifest().settings().toString())
                .contains("user=user", "split= > | \\|\\| ", "seed=42", "unknownItems=fail")
                .doesNotContain(folder.toString());
        assertThat(Statistics.of(prepared))
                .returns(6, Statistics::interactions)
                .returns(0, Statistics::trainingSamples)
                .returns(4, Statistics::testSamples)
                .returns(1, Statistics::itemsWithoutText)
                .returns(1L, Statistics::firstTime)
                .returns(3L, Statistics::lastTime)
                .returns(0.6, Statistics::density)
                .returns(
                        List.of("user city 0.5", "item path 0.8", "context device " + 5 / 6.0),
                        statistics -> statistics.fields().stream()
                                .map(field -> field.side() + " " + field.name() + " " + field.coverage())
                                .toList());
    }

    @Test
    void theOriginalAmazonFiles() throws IOException {
        StringBuilder reviews = new StringBuilder();
        StringBuilder metadata = new StringBuilder();
        for (int row = 0; row < 20; row++) {
            reviews.append("{\"reviewerID\": \"A")
                    .append(row % 2)
                    .append("\", \"asin\": \"B")
                    .append(row)
                    .append("\", \"helpful\": [0, 1], \"reviewText\": \"it's \\\"fine\\\"\", \"overall\": 5.0, ")
                    .append("\"unixReviewTime\": ")
                    .append(1_400_000_000 - row)
                    .append("}\n");
            metadata.append("{'asin': 'B")
                    .append(19 - row)
                    .append("', 'title': \"Nail's No. ")
                    .append(row)
                    .append("\", 'price': 4.5, 'imUrl': 'http://x/y.jpg', 'related': {'also_bought': ['B1']}, ")
                    .append("'categories': [['Beauty', 'Nails'], ['Beauty', 'Gifts']], 'brand': 'OPI'}\n");
        }
        Path reviewFile = gzip("reviews_Beauty_5.json.gz", reviews.toString());
        Path metadataFile = gzip("meta_Beauty.json.gz", metadata.toString());

        TrainingData data = Preparation.run(
                        PreparationSettings.of("beauty", SourceSettings.amazon2014(reviewFile, metadataFile)),
                        out,
                        false,
                        ProgressListener.NONE)
                .trainingData();

        assertThat(data.log().users()).isEqualTo(2);
        assertThat(data.training().positives()).isEqualTo(14);
        assertThat(data.catalogue().ids().value(0)).isEqualTo("B19");
        assertThat(data.catalogue().ids().value(data.log().item(0, 0))).isEqualTo("B18");
        assertThat(data.log().time(0, 0)).isEqualTo(1_399_999_982);
        assertThat(data.catalogue().text("title").orElseThrow().values()).startsWith("Nail's No. 0");
        assertThat(data.catalogue().fields().get(1).vocabulary().values()).containsExactly("Beauty", "Nails", "Gifts");
    }

    @Test
    void timesMayBeMissingIfThereArePositions() throws IOException {
        String log = "user\titem\ttime\tpos\nu\ta\t\t10\nu\tb\t5\t9\nu\tc\t1\t100\n";
        InteractionSource positioned = interactions(log).withPosition("pos");

        Dataset dataset = Preparation.run(settings(positioned), out, false, ProgressListener.NONE);

        InteractionLog seen = dataset.testData().log();
        assertThat(List.of(seen.item(0, 0), seen.item(0, 1))).containsExactly(1, 0);
        assertThat(seen.time(0, 1)).isEqualTo(InteractionLog.NO_TIME);
        assertThat(failure(settings(interactions(log))))
                .extracting(Problem::toString)
                .containsExactly(
                        folder + "/log.tsv:2: has no time in column 'time'; fill it in, remove the line, or name"
                                + " a position column to sort by");
        assertThat(failure(settings(
                        interactions("user\titem\ttime\tpos\nu\ta\t1\tx\n").withPosition("pos"))))
                .extracting(Problem::what)
                .containsExactly("position 'x' in column 'pos' is not a whole number; correct it, or name another"
                        + " position column");
    }

    @Test
    void timesInEveryFormat() throws IOException {
        Function<TimeFormat, InteractionSource> source = format -> new InteractionSource(
                TableFile.of(folder.resolve("log.tsv")),
                "user",
                "item",
                Optional.of("time"),
                Optional.empty(),
                Optional.of(format),
                List.of());
        String head = "user\titem\ttime\n";
        interactions(head + "u\ta\t1406073600.9\nu\tb\t1.4060736E9\nu\tc\t1406073600\n");
        assertThat(firstTime(source.apply(TimeFormat.SECONDS))).isEqualTo(1_406_073_600);
        interactions(head + "u\ta\t1406073600999\nu\tb\t1406073601000\nu\tc\t1406073602000\n");
        assertThat(firstTime(source.apply(TimeFormat.MILLISECONDS))).isEqualTo(1_406_073_600);
        interactions(head + "u\ta\t2014-07-23\nu\tb\t2014-07-23 00:00:01\nu\tc\t2014-07-23T02:00:02+02:00\n");
        assertThat(firstTime(source.apply(TimeFormat.ISO))).isEqualTo(1_406_073_600);
        interactions(head + "u\ta\t2014-07-23\nu\tb\t23.7.2014\n");
        assertThat(failure(settings(source.apply(TimeFormat.ISO))))
                .extracting(Problem::what)
                .singleElement()
                .asString()
                .startsWith("time '23.7.2014' in column 'time' is not a date such as 2014-07-23");
    }

    @Test
    void timesInAnotherUnitAreRefusedWithTheUnit() throws IOException {
        String head = "user\titem\ttime\n";
        for (String[] unit :
                new String[][] {{"000", "milliseconds"}, {"000000", "microseconds"}, {"000000000", "nanoseconds"}}) {
            InteractionSource source =
                    interactions(head + "u\ta\t1406073600" + unit[0] + "\nu\tb\t1406073601" + unit[0] + "\n");
            assertThat(failure(settings(source)))
                    .hasSize(2)
                    .extracting(Problem::what)
                    .first()
                    .asString()
                    .contains("in " + unit[1] + " it is 2014-07-23; set --time-format " + unit[1]);
        }
        assertThat(failure(settings(interactions(head + "u\ta\t2014-07-23 10:15:30 UTC\n"))))
                .extracting(Problem::what)
                .singleElement()
                .asString()
                .contains("in format iso it is 2014-07-23");
        interactions(head + "u\ta\t1406073600\nu\tb\t1406073601\nu\tc\t1406073602\n");
        InteractionSource tooFine = new InteractionSource(
                TableFile.of(folder.resolve("log.tsv")),
                "user",
                "item",
                Optional.of("time"),
                Optional.empty(),
                Optional.of(TimeFormat.MILLISECONDS),
                List.of());
        assertThat(failure(settings(tooFine)))
                .extracting(Problem::what)
                .singleElement()
                .asString()
                .contains("all times are in 1970", "--time-format seconds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2014-07-23 02:00:00+0200",
                "2014-07-23 00:00:00 UTC",
                "2014-07-23 00:00:00 +0000",
                "2014-07-23 00:00:00.123 GMT",
                "2014-07-22T19:00-05:00",
                "2014-07-23t00:00:00z",
                "2014-07-23 00:00:00+00"
            })
    void datesInFormatsOfDatabases(String time) throws IOException {
        interactions("user\titem\ttime\nu\ta\t" + time + "\nu\tb\t2015-01-01\nu\tc\t2015-01-02\n");
        assertThat(firstTime(new InteractionSource(
                        TableFile.of(folder.resolve("log.tsv")),
                        "user",
                        "item",
                        Optional.of("time"),
                        Optional.empty(),
                        Optional.of(TimeFormat.ISO),
                        List.of())))
                .isEqualTo(1_406_073_600);
    }

    @Test
    void wholePositionsMayBeWrittenWithAFraction() throws IOException {
        String head = "user\titem\ttime\tpos\n";
        InteractionSource source = interactions(head + "u\ta\t1\t3.0\nu\tb\t2\t1.0\nu\tc\t3\t2e0\n")
                .withPosition("pos");
        Dataset dataset = Preparation.run(settings(source), out, false, ProgressListener.NONE);
        InteractionLog log = dataset.testData().log();
        assertThat(dataset.trainingData().catalogue().ids().value(log.item(0, 0)))
                .isEqualTo("b");
        assertThat(failure(settings(interactions(head + "u\ta\t1\t3.5\n").withPosition("pos"))))
                .extracting(Problem::what)
                .singleElement()
                .asString()
                .startsWith("position '3.5' in column 'pos' is not a whole number");
    }

    @Test
    void repeatedInteractionsAreCountedAndCanBeDropped() throws IOException {
        String rows = "u\ta\t1\nu\tb\t2\nu\tc\t3\nv\ta\t1\nv\tb\t2\nv\tc\t3\nv\td\t4\n";
        InteractionSource once = interactions("user\titem\ttime\n" + rows);
        Dataset clean = Preparation.run(settings(once), out, false, ProgressListener.NONE);
        assertThat(Repeats.of(clean)).isEqualTo(new Repeats(0, 0, 0));
        InteractionSource twice = interactions("user\titem\ttime\n" + rows + rows);
        Dataset repeated = Preparation.run(settings(twice), out, true, ProgressListener.NONE);
        assertThat(Repeats.of(repeated)).isEqualTo(new Repeats(7, 5, 2));
        assertThat(Statistics.of(repeated).density())
                .isEqualTo(7.0 / (2 * repeated.manifest().counts().items()));
        PreparationSettings settings = settings(twice);
        Dataset dropped = Preparation.run(
                new PreparationSettings(
                        settings.name(), settings.sources(), settings.split().withDropRepeats(true)),
                out,
                true,
                ProgressListener.NONE);
        assertThat(dropped.manifest().contentHash()).isEqualTo(clean.manifest().contentHash());
    }

    @Test
    void aSeparatorThatNeverOccursIsReported() throws IOException {
        Path items = Files.writeString(folder.resolve("items.tsv"), "item\tgenres\na\tx|y\nb\tx\nc\ty\n");
        InteractionSource log = interactions("user\titem\ttime\nu\ta\t1\nu\tb\t2\nu\tc\t3\n");
        List<String> notes = new ArrayList<>();
        ProgressListener listener = new ProgressListener() {
            @Override
            public void progressed(String stage, long done, long total) {}

            @Override
            public void noted(String note) {
                notes.add(note);
            }
        };
        for (String separator : List.of("|", ",")) {
            RawData data = RawDataReader.read(
                    SourceSettings.of(
                            log,
                            new ItemSource(
                                    TableFile.of(items),
                                    "item",
                                    List.of(FieldSettings.separated("genres", separator)),
                                    List.of())),
                    listener);
            assertThat(data.items()
                            .orElseThrow()
                            .catalogue()
                            .fields()
                            .get(0)
                            .vocabulary()
                            .values())
                    .hasSize(separator.equals("|") ? 2 : 3);
        }
        assertThat(notes).singleElement().asString().contains("'genres'", "no row contains the field's separator");
        assertThatThrownBy(() -> FieldSettings.split("genres", "|"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("would separate all characters");
    }

    @Test
    void wrongRowsAreReportedUpToALimit() throws IOException {
        StringBuilder log = new StringBuilder("user\titem\ttime\nu\ta\tyesterday\n\n\tb\t1\nu\t\t2\n");
        log.append("u\tc\tnever\n".repeat(20));

        List<Problem> problems = failure(settings(interactions(log.toString())));

        assertThat(problems).hasSize(11);
        assertThat(problems.subList(0, 3))
                .extracting(Problem::toString)
                .containsExactly(
                        folder + "/log.tsv:2: time 'yesterday' in column 'time' is not seconds since 1970 such as"
                                + " 1406073600; correct it, or choose another time format",
                        folder + "/log.tsv:4: has no user in column 'user'; fill it in or remove the line",
                        folder + "/log.tsv:5: has no item in column 'item'; fill it in or remove the line");
        assertThat(problems.get(10).what()).isEqualTo("and 13 more rows with problems");
    }

    @Test
    void jsonLinesWithMissingKeys() throws IOException {
        Path log = write(
                "log.jsonl", "{\"user\": \"u\", \"item\": \"a\", \"time\": 1}\n\n{\"user\": \"u\", \"item\": \"b\"}\n");

        assertThat(failure(settings(InteractionSource.of(TableFile.of(log), "user", "item", "time"))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo(log + ":3");
                    assertThat(problem.what()).startsWith("has no time in column 'time'");
                });
    }

    @Test
    void shortUsersAndUnknownOrDuplicateItemsAreRefused() throws IOException {
        assertThat(failure(settings(interactions("user\titem\ttime\nu\ta\t1\nu\tb\t1\nu\tc\t1\n\nw\td\t1\n"))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo(folder + "/log.tsv:6");
                    assertThat(problem.what()).startsWith("user 'w' has 1 interaction, at least 3 are needed");
                });
        assertThat(failure(settings(interactions(LOG.replace("v\te", "v\tz")))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo(folder + "/log.tsv:7");
                    assertThat(problem.what()).startsWith("item 'z' is not in the item file");
                });
        SourceSettings twice = SourceSettings.of(interactions(LOG), items(ITEMS + "a\tAgain\t\n"));
        assertThat(failure(PreparationSettings.of("t", twice)))
                .extracting(Problem::toString)
                .containsExactly(
                        folder + "/items.tsv:7: item 'a' was already on an earlier line; keep one line for each item");
        SourceSettings sources = SourceSettings.of(interactions(LOG), items(ITEMS));
        assertThat(failure(new PreparationSettings(
                        "t", sources, SplitSettings.defaults().withRequireText(true))))
                .extracting(Problem::toString)
                .containsExactly(folder + "/items.tsv:5: item 'd' has no text; 1 of 5 items have none; name more text"
                        + " columns, or set split.requireText to false");
    }

    @Test
    void filesWithoutRows() throws IOException {
        assertThat(failure(settings(interactions("user\titem\ttime\n"))))
                .extracting(Problem::what)
                .containsExactly("has no rows; check how it was made or copied");
        assertThat(failure(settings(interactions(""))))
                .extracting(Problem::what)
                .containsExactly("is empty; check how it was made or copied");
    }

    @Test
    void anInterruptStopsAndLeavesNothing() throws IOException {
        PreparationSettings settings = settings(interactions(LOG));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Preparation.run(settings, out, false, ProgressListener.NONE))
                    .isInstanceOf(CancellationException.class);
        } finally {
            Thread.interrupted();
        }
        assertNothingLeft();
    }

    @Test
    void settingsOutOfRangeAreAllReported() {
        assertThatThrownBy(() -> new SplitSettings(
                        -1,
                        false,
                        false,
                        UnknownItems.FAIL,
                        false,
                        false,
                        Optional.of(0),
                        1,
                        0,
                        PartSettings.defaults()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems()).extracting(Problem::where).containsExactly("core", "negatives"));
        assertThatThrownBy(() -> FieldSettings.split("c", "("))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not a regular expression");
    }

    private long firstTime(InteractionSource source) {
        PreparationSettings settings = settings(source);
        return Preparation.run(settings, out, true, ProgressListener.NONE)
                .trainingData()
                .log()
                .time(0, 0);
    }

    private PreparationSettings settings(InteractionSource interactions) {
        try {
            return new PreparationSettings(
                    "t",
                    SourceSettings.of(interactions, items(ITEMS)),
                    SplitSettings.defaults().withKeepUnseenItems(true));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Problem> failure(PreparationSettings settings) {
        List<Problem> problems = new ArrayList<>();
        Path place = folder.resolve("failed");
        assertThatThrownBy(() -> Preparation.run(settings, place, false, ProgressListener.NONE))
                .isInstanceOfSatisfying(InvalidInputException.class, e -> problems.addAll(e.problems()));
        assertThat(place).doesNotExist();
        return problems;
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly("items.tsv", "log.tsv");
        }
    }

    private InteractionSource interactions(String text) throws IOException {
        return InteractionSource.of(TableFile.of(write("log.tsv", text)), "user", "item", "time");
    }

    private ItemSource items(String text) throws IOException {
        return new ItemSource(
                TableFile.of(write("items.tsv", text)),
                "id",
                List.of(FieldSettings.split("path", " > | \\|\\| ")),
                List.of("title"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path gzip(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(file))) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
