// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.Instances;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands about the teacher, on a generated shop of 200 items. */
class ScoreCommandsTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void aDataset() {
        ok("data", "demo", "--out", shared.resolve("files").toString(), "--users", "60", "--items", "200");
        prepare("dataset", "categories: > ");
        prepare("other", "brand");
    }

    private static void prepare(String name, String field) {
        ok(
                "data",
                "prepare",
                "--interactions",
                shared.resolve("files/interactions.tsv").toString(),
                "--user",
                "user_id",
                "--item",
                "item_id",
                "--time",
                "timestamp",
                "--items",
                shared.resolve("files/items.tsv").toString(),
                "--item-field",
                field,
                "--item-text",
                "title",
                "--out",
                shared.resolve(name).toString());
    }

    @Test
    void scoresOfAPlanEqualScoresPlannedByTheRun() throws IOException {
        JsonNode plan = json(score("plan", "--out", path("plan"), "--seed", "5", "--json"));
        assertThat(plan.path("users").asInt()).isEqualTo(60);
        assertThat(plan.path("sources").findValuesAsString("source"))
                .containsExactly("nearest", "long-tail", "cold-start", "popular", "random", "held-out", "compared");
        JsonNode planned = json(score("run", "--plan", path("plan"), "--out", path("planned"), "--json"));
        JsonNode direct = json(score("run", "--seed", "5", "--out", path("direct"), "--json"));
        assertThat(Files.readAllBytes(folder.resolve("planned")))
                .isEqualTo(Files.readAllBytes(folder.resolve("direct")));
        assertThat(planned.propertyNames())
                .containsExactly(
                        "file",
                        "provenance",
                        "statistics",
                        "slices",
                        "audit",
                        "parts",
                        "verdict",
                        "forecast",
                        "answers");
        assertThat(planned.path("provenance")).isEqualTo(direct.path("provenance"));
        assertThat(planned.path("provenance").path("asked")).isEqualTo(plan.path("candidates"));
        assertThat(planned.path("provenance").path("answered"))
                .isEqualTo(planned.path("provenance").path("planned"));
        assertThat(planned.path("statistics").path("scores").asInt())
                .isEqualTo(plan.path("candidates").asInt());
    }

    @Test
    void aPlanNamesAPlaceForScoresAtWhichNothingIsYet() throws IOException {
        Path taken = shared.resolve("dataset.scores");
        try {
            assertThat(ok(score("plan", "--out", path("first"))).results()).contains("--out " + taken);
            Files.writeString(taken, "the scores of another teacher");
            assertThat(ok(score("plan", "--out", path("second"))).results())
                    .contains("--out " + shared.resolve("dataset-2.scores"));
        } finally {
            Files.deleteIfExists(taken);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "run"})
    void aStoppedSearchForNearestItemsResumesAndLeavesNothing(String command) throws IOException {
        ok(score(command, "--out", path("whole")));
        Invocation stopped = stopped("nearest items", words(command, "--out", path("t")));
        assertThat(stopped.code()).as(stopped.messages()).isEqualTo(130);
        assertThat(stopped.messages())
                .contains(
                        "note: " + path("t.unfinished") + ": keeps the search for nearest items, of which 100 % is",
                        "stopped; the same command resumes; vectors of texts");
        assertThat(files()).containsExactlyInAnyOrder("whole", "t.unfinished");
        Invocation resumed = ok(score(command, "--out", path("t")));
        assertThat(resumed.messages()).contains("the search for nearest items resumes at 100 %");
        assertThat(files()).containsExactlyInAnyOrder("whole", "t");
        assertThat(Files.readAllBytes(folder.resolve("t"))).isEqualTo(Files.readAllBytes(folder.resolve("whole")));
    }

    @Test
    void aPlanOfAnotherSeedDoesNotResume() throws IOException {
        ok(score("plan", "--seed", "2", "--out", path("whole")));
        assertThat(stopped("nearest items", words("plan", "--out", path("t"))).code())
                .isEqualTo(130);
        assertThat(ok(score("plan", "--seed", "2", "--out", path("t"))).messages())
                .contains("t.unfinished: was left by a command with other data, vectors, settings or seed;");
        assertThat(files()).containsExactlyInAnyOrder("whole", "t");
        assertThat(Files.readAllBytes(folder.resolve("t"))).isEqualTo(Files.readAllBytes(folder.resolve("whole")));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Runs a command that is stopped when its progress bar first shows a stage. */
    private static Invocation stopped(String stage, String... words) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream() {
            private boolean sent;

            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                super.write(bytes, from, length);
                if (!sent && toString(StandardCharsets.UTF_8).contains(stage)) {
                    sent = true;
                    Thread.currentThread().interrupt();
                }
            }
        };
        Terminal terminal = new Terminal(results, messages, 200, System::nanoTime);
        int code = Main.run(terminal, new Failures(terminal, words), Commands.ALL, words);
        return new Invocation(
                code, results.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8));
    }

    @Test
    void describingEvaluatesTheTeacherOnValidationSamples() {
        Invocation run = ok(score(
                "run",
                "--out",
                path("t"),
                "--set",
                "plan.random=3",
                "--set",
                "plan.heldOut.share=0",
                "--set",
                "teacher.nearest=2"));
        assertThat(run.messages()).contains("nearest items: ", "scoring: ");
        assertThat(run.results()).contains("nearest 2", "Next: sllmr score describe " + path("t"));
        JsonNode alone = json(run("score", "describe", path("t"), "--json"));
        assertThat(alone.path("slices")).isEmpty();
        assertThat(alone.path("audit")).isEmpty();
        assertThat(alone.path("provenance").path("planned").path("RANDOM").asInt())
                .isEqualTo(3 * 60);
        JsonNode judged = json(describe("--json"));
        assertThat(judged.path("slices").findValuesAsString("slice"))
                .containsExactly("cold users", "other users", "long-tail items", "other items");
        assertThat(judged.path("audit").findValuesAsString("slice")).contains("ALL", "COLD", "LONG_TAIL_PAIRS");
        JsonNode all = judged.path("audit").get(0);
        assertThat(all.path("samples").asInt()).isEqualTo(2 * 60);
        assertThat(all.path("teacher").asDouble()).isBetween(0.55, 1.0);
        assertThat(describe().results())
                .containsPattern("random +180 +180 +100.0 %")
                .contains("AUC on validation samples")
                .containsPattern("all +120 +0 +0\\.\\d{4} +0\\.\\d{4}");
    }

    @Test
    void settingsComeFromAFileAndAllMistakesAreReported() throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("teacher.yaml"), "plan: {random: 2}\nteacher: {textColumns: [title]}\n");
        JsonNode scored = json(score("run", "--config", yaml.toString(), "--out", path("t"), "--json"));
        assertThat(scored.path("provenance")
                        .path("settings")
                        .path("textColumns")
                        .asString())
                .isEqualTo("title");
        assertThat(json(describe("--json")).path("audit")).isNotEmpty();
        Files.writeString(yaml, "plan: {randm: 2}\nteacher: {historyLength: 0}\n");
        Invocation wrong = score("run", "--config", yaml.toString(), "--set", "teacher.scale=log", "--out", path("u"));
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.messages())
                .contains(
                        "3 problems",
                        "teacher.yaml:1: plan.randm: is not a setting; did you mean 'random'?",
                        "teacher.yaml:2: teacher.historyLength: is 0, allowed is 1 to 1000",
                        "--set teacher.scale: is 'log', allowed is affine, clipped");
        assertThat(score("run", "--set", "teacher.textColumns=[titel]", "--out", path("u"))
                        .messages())
                .contains("teacher.textColumns: the items have no column 'titel'");
        assertThat(folder.resolve("u")).doesNotExist();
    }

    @Test
    void mismatchesAreRefusedBeforeTheWork() throws IOException {
        ok(score("plan", "--out", path("plan")));
        ok(score("run", "--plan", path("plan"), "--out", path("t")));
        assertThat(score("run", "--plan", path("plan"), "--seed", "2", "--out", path("u"))
                        .code())
                .isEqualTo(2);
        assertThat(score("run", "--plan", path("plan"), "--set", "plan.random=2", "--out", path("u"))
                        .code())
                .isEqualTo(2);
        refused("exists already; name another file, or add --replace", score("run", "--out", path("t")));
        ok(score("run", "--plan", path("plan"), "--out", path("t"), "--replace"));
        refused("is a folder; name a file in it", score("run", "--out", folder.toString()));
        refused("is a file, not a folder", score("run", "--out", path("t/below")));
        refused("plans: does not exist", score("run", "--plan", path("plans"), "--out", path("u")));
        refused("is not a file of the format", score("run", "--plan", path("t"), "--out", path("u")));
        String other = shared.resolve("other").toString();
        refused(
                "is a plan for dataset 'dataset'",
                run("score", "run", "--data", other, "--plan", path("plan"), "--out", path("u")));
        refused("has scores for dataset 'dataset'", run("score", "describe", path("t"), "--data", other));
        refused("is a folder, but a file is needed", run("score", "describe", folder.toString()));
        refused("is not a dataset", run("score", "run", "--data", folder.toString(), "--out", path("u")));
        byte[] bytes = Files.readAllBytes(folder.resolve("t"));
        Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 5));
        refused("is damaged", run("score", "describe", path("cut")));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("plan", "t", "cut");
        }
    }

    @Test
    void aPlanCanBeRead() {
        ok(score("plan", "--out", path("plan"), "--seed", "4", "--set", "plan.heldOut.share=0"));
        String id = firstUser();
        JsonNode shown = json(run(
                "score",
                "show",
                path("plan"),
                "--data",
                shared.resolve("dataset").toString(),
                "--user",
                id,
                "--json"));
        assertThat(shown.path("origin").path("seed").asInt()).isEqualTo(4);
        assertThat(shown.path("users").asInt()).isEqualTo(60);
        assertThat(shown.path("history")).isNotEmpty();
        assertThat(shown.path("asked").findValuesAsString("source")).contains("nearest", "random");
        assertThat(ok(run(
                                "score",
                                "show",
                                path("plan"),
                                "--data",
                                shared.resolve("dataset").toString(),
                                "--user",
                                id))
                        .results())
                .contains("seed 4", "history     ")
                .containsPattern("random +900 +\\d+\\.\\d %");
        refused(
                "has no user 'nobody'",
                run(
                        "score",
                        "show",
                        path("plan"),
                        "--data",
                        shared.resolve("dataset").toString(),
                        "--user",
                        "nobody"));
    }

    private static String firstUser() {
        return users().get(0);
    }

    private static List<String> users() {
        try (Stream<String> lines = Files.lines(shared.resolve("files/interactions.tsv"))) {
            return lines.skip(1)
                    .map(line -> line.split("\t")[0])
                    .distinct()
                    .limit(20)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTeacherIsEvaluatedByItsScoresOfAValidationPlan() {
        JsonNode plan = json(score("plan", "--validation", "60", "--out", path("judging"), "--json"));
        assertThat(plan.path("sources").findValuesAsString("source")).containsExactly("validation");
        assertThat(plan.path("candidates").asInt()).isEqualTo(2 * 60);
        ok(score("run", "--plan", path("judging"), "--out", path("judged")));
        ok(score("run", "--out", path("t")));
        JsonNode asked = json(describe("--json"));
        JsonNode looked = json(describe("--validation", path("judged"), "--json"));
        assertThat(looked.path("audit")).isEqualTo(asked.path("audit"));
        assertThat(looked.path("parts")).isEqualTo(asked.path("parts"));
        assertThat(asked.path("parts").findValuesAsString("by")).contains("history", "popularity", "categories");
        assertThat(describe().results())
                .contains(
                        "AUC by the positive",
                        "history ",
                        "popularity ",
                        "categories ",
                        "The teacher alone ranks ",
                        "guidance=calibrated-pairwise");
        JsonNode some = json(score("plan", "--validation", "10", "--out", path("some"), "--json"));
        assertThat(some.path("candidates").asInt()).isEqualTo(20);
        refused("allowed is 1 or more", score("plan", "--validation", "0", "--out", path("none")));
        refused(
                "must not be trained with",
                run(
                        "train",
                        "--data",
                        shared.resolve("dataset").toString(),
                        "--teacher",
                        path("judged"),
                        "--set",
                        "guidance=calibrated-pairwise",
                        "--out",
                        path("run")));
    }

    @Test
    void importedScoresCanBeCompared() throws IOException {
        ok(score("run", "--out", path("t")));
        String user = firstUser();
        Path items = shared.resolve("files/items.tsv");
        List<String> ids = Files.readAllLines(items).stream()
                .skip(1)
                .map(line -> line.split("\t")[0])
                .toList();
        StringBuilder rows = new StringBuilder("who,what,points\n");
        for (int index = 0; index < ids.size(); index++) {
            rows.append(user)
                    .append(',')
                    .append(ids.get(index))
                    .append(',')
                    .append(index / 200.0)
                    .append('\n');
        }
        Path csv = Files.writeString(folder.resolve("scores.csv"), rows + "nobody,nothing,0.5\n");
        String[] columns = {"--user", "who", "--item", "what", "--score", "points"};
        Invocation unknown = imported(csv, columns);
        assertThat(unknown.messages()).contains("1 row with a user", "'nobody'", "rows with an item");
        assertThat(folder.resolve("i")).doesNotExist();
        List<String> skipping = new ArrayList<>(List.of(columns));
        skipping.add("--skip-unknown");
        assertThat(imported(csv, skipping.toArray(String[]::new)).messages())
                .contains("scores the last training interaction of 1 users who are not held out", "--plan");
        TrainingData data = Dataset.open(shared.resolve("dataset")).trainingData();
        int number = data.userIds().indexOf(user);
        int last = data.log().item(number, data.log().length(number) - 1);
        String held = user + "," + data.catalogue().ids().value(last) + ",";
        Files.write(
                csv,
                Files.readAllLines(csv).stream()
                        .filter(line -> !line.startsWith(held))
                        .toList());
        Invocation taken = imported(csv, skipping.toArray(String[]::new));
        assertThat(ok(taken).results()).containsPattern("(1\\d\\d) scores of \\1 candidates");
        assertThat(ok(run(
                                "score",
                                "describe",
                                path("i"),
                                "--data",
                                shared.resolve("dataset").toString()))
                        .results())
                .doesNotContain("AUC");
        JsonNode same = json(compare(path("t"), path("t"), "--json")).path("agreement");
        assertThat(same.path("kendall").asDouble()).isEqualTo(1);
        assertThat(same.path("common")).isEqualTo(same.path("scoresOfFirst"));
        JsonNode other = json(compare(path("t"), path("i"), "--json")).path("agreement");
        assertThat(other.path("scoresOfSecond").asInt()).isBetween(100, 199);
        assertThat(other.path("kendall").asDouble()).isBetween(-0.9, 0.9);
        assertThat(ok(compare(path("t"), path("i"))).results())
                .contains("in common, of 1 users", "Kendall's tau-b", "gap of the first", "above 0.0 to 0.01");
    }

    private Invocation imported(Path csv, String... further) {
        List<String> words = new ArrayList<>(List.of(
                "score",
                "import",
                csv.toString(),
                "--data",
                shared.resolve("dataset").toString(),
                "--out",
                path("i")));
        words.addAll(List.of(further));
        return run(words.toArray(String[]::new));
    }

    private Invocation compare(String first, String second, String... further) {
        List<String> words = new ArrayList<>(List.of(
                "score",
                "agreement",
                first,
                second,
                "--data",
                shared.resolve("dataset").toString()));
        words.addAll(List.of(further));
        return run(words.toArray(String[]::new));
    }

    /** A teacher that is trained scores the same candidates as the embedding teacher, and is judged as a model's scores are. */
    @Test
    void aTunedTeacherIsTrainedAndScores() throws IOException {
        String[] tuned = {"--provider", "tuned-embedding", "--set", "tuned.dimension=8", "--set", "tuned.maxEpochs=2"};
        JsonNode plain = json(score("run", "--out", path("plain"), "--json"));
        JsonNode made = json(score("run", with(tuned, "--out", path("tuned"), "--json")));
        assertThat(made.path("provenance").path("teacher").asString()).isEqualTo("tuned-embedding");
        assertThat(made.path("provenance").path("settings").path("dimension").asString())
                .isEqualTo("8");
        assertThat(made.path("provenance").path("planned"))
                .isEqualTo(plain.path("provenance").path("planned"));
        assertThat(made.path("provenance").path("model"))
                .isNotEqualTo(plain.path("provenance").path("model"));
        ok(score("run", with(tuned, "--out", path("again"))));
        assertThat(folder.resolve("again")).hasSameBinaryContentAs(folder.resolve("tuned"));

        ok(score("plan", "--validation", "30", "--out", path("judged.plan")));
        ok(score("run", with(tuned, "--plan", path("judged.plan"), "--out", path("judged"))));
        JsonNode audit = json(ok(
                "score",
                "describe",
                path("tuned"),
                "--data",
                shared.resolve("dataset").toString(),
                "--validation",
                path("judged"),
                "--json"));
        assertThat(audit.path("audit").size()).isPositive();

        JsonNode samples = json(score("samples", with(tuned, "--out", path("tuned.samples"), "--json")));
        assertThat(samples.path("provenance").path("settings").path("of").asString())
                .contains("each half of the users by a teacher trained on the other half");
    }

    /** Random walks need no text; they are no teacher of training samples, whose interactions they pass. */
    @Test
    void visitsOfRandomWalksAreScores() throws IOException {
        String[] visits = {"--provider", "visited-neighbours", "--set", "visits.walks=50"};
        JsonNode made = json(score("run", with(visits, "--out", path("visits"), "--json")));
        assertThat(made.path("provenance").path("teacher").asString()).isEqualTo("visited-neighbours");
        assertThat(made.path("provenance").path("settings").path("walks").asString())
                .isEqualTo("50");
        ok(score("run", with(visits, "--out", path("again"))));
        assertThat(folder.resolve("again")).hasSameBinaryContentAs(folder.resolve("visits"));
        refused("random walks", score("samples", with(visits, "--out", path("samples"))));
    }

    private static String[] with(String[] words, String... further) {
        return Stream.concat(Stream.of(words), Stream.of(further)).toArray(String[]::new);
    }

    /** A sample without a history has no score; every other one has the score of its own history. */
    @Test
    void trainingSamplesAreScoredWithTheHistoryBeforeThem() throws IOException {
        JsonNode made = json(score("samples", "--out", path("samples"), "--json"));
        TrainingData data = Dataset.open(shared.resolve("dataset")).trainingData();
        Instances rows = data.training().instances();
        assertThat(made.path("provenance")
                        .path("planned")
                        .path("TRAINING_SAMPLES")
                        .asInt())
                .isEqualTo(rows.size());
        assertThat(made.path("provenance").path("settings").path("of").asString())
                .isEqualTo("training samples");
        TeacherTable table =
                TeacherTableFile.read(Path.of(path("samples")), data).table();
        int scored = 0;
        for (int row = 0; row < rows.size(); row++) {
            scored += table.indexOf(rows.users()[row], rows.items()[row]) >= 0 ? 1 : 0;
        }
        assertThat(scored).isGreaterThan(rows.size() / 2);
        // A positive is never compared with itself, which would score 1.
        int ones = 0;
        for (float score : table.scores()) {
            ones += score >= 0.9999f ? 1 : 0;
        }
        assertThat(ones).isLessThan(table.size() / 10);
        refused(
                "is not asked about training samples",
                score(
                        "samples",
                        "--out",
                        path("other"),
                        "--provider",
                        "openai-compatible",
                        "--base-url",
                        "http://localhost:1/v1",
                        "--model",
                        "m"));
    }

    @Test
    void aShuffledTeacherIsNamedAsSuch() throws IOException {
        ok(score("run", "--out", path("t"), "--set", "plan.heldOut.share=0.3"));
        JsonNode shuffled = json(run("score", "shuffle", path("t"), "--seed", "4", "--out", path("s"), "--json"));
        assertThat(shuffled.path("provenance").path("teacher").asString()).isEqualTo("shuffled embedding");
        assertThat(shuffled.path("provenance")
                        .path("settings")
                        .path("shuffleSeed")
                        .asString())
                .isEqualTo("4");
        assertThat(shuffled.path("provenance").path("planned").path("HELD_OUT").asInt())
                .isPositive();
        JsonNode agreement = json(compare(path("t"), path("s"), "--json")).path("agreement");
        assertThat(agreement.path("kendall").asDouble()).isBetween(-0.1, 0.1);
        assertThat(agreement.path("common")).isEqualTo(agreement.path("scoresOfSecond"));
        // It is not the embedding teacher, so describing it must not use that one.
        assertThat(ok(run(
                                "score",
                                "describe",
                                path("s"),
                                "--data",
                                shared.resolve("dataset").toString()))
                        .results())
                .contains("teacher shuffled embedding")
                .doesNotContain("AUC");
        refused("exists already", run("score", "shuffle", path("t"), "--out", path("s")));
    }

    @Test
    void aPlanShowsWhatTheTeacherSeesOfAHeldOutUser() {
        ok(score("plan", "--out", path("plan"), "--set", "plan.heldOut.share=0.5"));
        int found = 0;
        for (String user : users()) {
            JsonNode shown = json(run(
                    "score",
                    "show",
                    path("plan"),
                    "--data",
                    shared.resolve("dataset").toString(),
                    "--user",
                    user,
                    "--json"));
            List<String> held = new ArrayList<>();
            shown.path("asked").forEach(item -> {
                if (item.path("source").asString().equals("held-out")) {
                    held.add(item.path("item").asString());
                }
            });
            if (!held.isEmpty()) {
                found++;
                assertThat(held).hasSize(1);
                assertThat(shown.path("asked").findValuesAsString("source"))
                        .hasSize(21)
                        .containsOnly("held-out", "compared");
                assertThat(shown.path("history").findValuesAsString("item"))
                        .isNotEmpty()
                        .doesNotContain(held.get(0));
            }
        }
        assertThat(found).isBetween(1, 19);
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        refused(
                "name another folder with --cache",
                run(
                        "score",
                        "run",
                        "--data",
                        shared.resolve("dataset").toString(),
                        "--cache",
                        file + "/below",
                        "--out",
                        path("u")));
    }

    private static void refused(String message, Invocation invocation) {
        assertThat(invocation.messages()).contains(message);
        assertThat(invocation.code()).isEqualTo(1);
        assertThat(invocation.results()).isEmpty();
    }

    private Invocation score(String command, String... further) {
        return run(words(command, further));
    }

    private static String[] words(String command, String... further) {
        List<String> words = new ArrayList<>(List.of(
                "score",
                command,
                "--data",
                shared.resolve("dataset").toString(),
                "--cache",
                shared.resolve("cache").toString()));
        words.addAll(List.of(further));
        return words.toArray(String[]::new);
    }

    private Invocation describe(String... further) {
        List<String> words = new ArrayList<>(List.of(
                "score",
                "describe",
                path("t"),
                "--data",
                shared.resolve("dataset").toString(),
                "--cache",
                shared.resolve("cache").toString()));
        words.addAll(List.of(further));
        return run(words.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static Invocation run(String... words) {
        return Invocation.of(Commands.ALL, words);
    }

    private static Invocation ok(String... words) {
        return ok(run(words));
    }

    private static Invocation ok(Invocation invocation) {
        assertThat(invocation.code()).as(invocation.messages()).isZero();
        return invocation;
    }

    private static JsonNode json(Invocation invocation) {
        return new JsonMapper().readTree(ok(invocation).results());
    }
}
