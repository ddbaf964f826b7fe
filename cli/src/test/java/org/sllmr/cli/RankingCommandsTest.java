// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.ranking.UserRanking;
import org.sllmr.model.Model;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.ranking.RankedUsers;
import org.sllmr.runs.ranking.Split;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ranking and comparing runs on a generated shop of 200 items. */
class RankingCommandsTest {
    private static final int USERS = 80;
    private static final int ITEMS = 200;

    @TempDir
    private static Path shared;

    @BeforeAll
    static void runs() {
        prepare("dataset", USERS);
        prepare("other", 60);
        train("dataset", "mf-1", "mf", 1);
        train("dataset", "mf-2", "mf", 2);
        train("dataset", "deepfm-1", "deepfm", 1);
        train("dataset", "deepfm-2", "deepfm", 2);
        train("other", "elsewhere", "deepfm", 1);
    }

    private static void prepare(String name, int users) {
        String files = shared.resolve(name + "-files").toString();
        ok("data", "demo", "--out", files, "--users", String.valueOf(users), "--items", String.valueOf(ITEMS));
        ok(
                "data",
                "prepare",
                "--interactions",
                files + "/interactions.tsv",
                "--user",
                "user_id",
                "--item",
                "item_id",
                "--time",
                "timestamp",
                "--items",
                files + "/items.tsv",
                "--item-field",
                "brand",
                "--out",
                shared.resolve(name).toString());
    }

    private static void train(String dataset, String name, String backbone, int seed) {
        ok(
                "train",
                "--data",
                shared.resolve(dataset).toString(),
                "--set",
                "model.backbone.name=" + backbone,
                "--set",
                "seed=" + seed,
                "--set",
                "training.maxEpochs=2",
                "--out",
                run(name));
    }

    private static String run(String name) {
        return shared.resolve(name).toString();
    }

    /** The reference scores whole rows and sorts them. */
    @Test
    void ranksEqualThoseOfWholeRows() throws IOException {
        for (Split split : Split.values()) {
            ok("evaluate", run("deepfm-1"), "--full-ranking", "--split", split.text());
            RankedUsers ranked = RankedUsers.read(RankedUsers.file(Path.of(run("deepfm-1")), split));
            Dataset dataset = Dataset.open(shared.resolve("dataset"));
            Samples samples = split.samples(dataset);
            InteractionLog log = split.log(dataset);
            int items = dataset.trainingData().catalogue().size();
            assertThat(ranked.users()).containsExactly(IntStream.range(0, USERS).toArray());
            Model model = RunEvaluation.model(RunFolder.open(Path.of(run("deepfm-1"))), dataset);
            for (int user = 0; user < USERS; user++) {
                int row = user * (samples.groupSize());
                int positive = samples.instances().items()[row];
                int position = samples.instances().positions()[row];
                int[] userOf = new int[items];
                int[] positions = new int[items];
                Arrays.fill(userOf, user);
                Arrays.fill(positions, position);
                float[] scores = model.score(
                        log, new Instances(userOf, IntStream.range(0, items).toArray(), positions));
                List<Integer> seen = new ArrayList<>();
                for (int before = 0; before < position; before++) {
                    seen.add(log.item(user, before));
                }
                int[] others = IntStream.range(0, items)
                        .filter(item -> item != positive && !seen.contains(item))
                        .toArray();
                // Different orders of summation may order scores differently that are equal except for rounding.
                long surely = Arrays.stream(others)
                        .filter(item -> scores[item] > scores[positive] + 1e-5)
                        .count();
                long perhaps = Arrays.stream(others)
                        .filter(item -> scores[item] > scores[positive] - 1e-5)
                        .count();
                UserRanking ranking = ranked.rankings().get(user);
                assertThat(ranking.candidates()).isEqualTo(others.length + 1);
                assertThat(ranking.groups()).hasSize(1);
                assertThat((long) ranking.groups().get(0).better()).isBetween(surely, perhaps);
            }
        }
    }

    @Test
    void resultsAreStoredBesideTheRunWithProvenance() throws IOException {
        JsonNode printed = json(
                ok("evaluate", run("mf-1"), "--full-ranking", "--users", "30", "--k", "3,7", "--slices", "--json"));
        JsonNode written = new JsonMapper().readTree(Files.readString(Path.of(run("mf-1"), "ranking-test.json")));
        assertThat(printed.path("ranking")).isEqualTo(written);
        assertThat(written.path("users").asInt()).isEqualTo(30);
        assertThat(written.path("ofUsers").asInt()).isEqualTo(USERS);
        assertThat(written.path("metrics").propertyNames()).contains("auc", "mrr", "hr@3", "ndcg@7", "recall@7");
        JsonNode auc = written.path("metrics").path("auc");
        assertThat(auc.path("value").asDouble())
                .isBetween(auc.path("lower").asDouble(), auc.path("upper").asDouble());
        assertThat(written.path("lists").path("7").path("coverage").asDouble()).isBetween(0.0, 1.0);
        assertThat(written.path("slices")).isNotEmpty();
        assertThat(printed.path("slices")).isNotEmpty();
        assertThat(written.path("provenance").path("dataHash").asString())
                .isEqualTo(
                        Dataset.open(shared.resolve("dataset")).trainingData().hash());
        JsonNode again = json(
                ok("evaluate", run("mf-1"), "--full-ranking", "--users", "30", "--k", "3,7", "--slices", "--json"));
        assertThat(again.path("ranking").path("metrics")).isEqualTo(written.path("metrics"));
        assertThat(again.path("ranking").path("slices")).isEqualTo(written.path("slices"));
        Invocation text = ok("evaluate", run("mf-1"), "--full-ranking", "--users", "30", "--slices");
        assertThat(text.results())
                .contains("Full ranking, test: 30 of 80 users", "ndcg@10", "coverage", "user: cold", "scores a second");
        assertThat(text.messages()).contains("ranking: ");
    }

    @Test
    void comparesOverSeedsAndOverUsers() throws IOException {
        for (String name : List.of("mf-1", "mf-2", "deepfm-1", "deepfm-2")) {
            ok("evaluate", run(name), "--full-ranking");
        }
        JsonNode result = json(ok("compare", run("mf-2"), run("deepfm-1"), run("mf-1"), run("deepfm-2"), "--json"));
        assertThat(result.path("baseline").asString()).isEqualTo("backbone mf");
        assertThat(result.path("notes")).isEmpty();
        JsonNode seeds = row(result, "SEEDS", "auc");
        JsonNode users = row(result, "USERS", "auc");
        assertThat(seeds.path("n").asInt()).isEqualTo(2);
        assertThat(users.path("n").asInt()).isEqualTo(USERS);
        assertThat(users.path("difference").asDouble())
                .isCloseTo(seeds.path("difference").asDouble(), within(1e-9));
        JsonNode ranks = row(result, "USERS", "ranking ndcg@10");
        assertThat(ranks.path("corrected").asDouble())
                .isGreaterThanOrEqualTo(ranks.path("pValue").asDouble());
        assertThat(ok("compare", run("mf-1"), run("deepfm-1"), "--markdown").results())
                .contains("**Differences to backbone mf, dataset", "| Metric | Baseline |", "| NDCG@10 |")
                .contains("shares one seed");
        String text = ok("compare", run("mf-1"), run("deepfm-1")).results();
        assertThat(text)
                .contains(
                        "backbone deepfm, over 80 users", "backbone deepfm, ranking over 80 users", "Log loss", "Holm")
                .containsPattern("Over\\s+users:\\s+would\\s+other\\s+users\\s+show\\s+it\\?");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(row(json(ok("compare", run("mf-1"), run("deepfm-1"), "--json")), "USERS", "logLoss")
                        .path("n")
                        .asInt())
                .as("log loss over users takes one seed")
                .isEqualTo(USERS);
    }

    @Test
    void reportsWhatCannotBeCompared() {
        assertThat(failed("compare", run("mf-1"), run("elsewhere"))).contains("compare runs of one dataset");
        assertThat(failed("compare", run("mf-1"), run("mf-2"))).contains("all have one configuration");
        assertThat(failed("compare", run("mf-1"), run("mf-1"), run("deepfm-1"))).contains("configuration and seed 1");
        assertThat(failed("evaluate", run("mf-1"), "--users", "3")).contains("--users", "add --full-ranking");
        assertThat(failed("evaluate", run("mf-1"), "--k", "3")).contains("--k", "add --full-ranking");
        assertThat(failed("evaluate", run("mf-1"), "--full-ranking", "--users", "0", "--k", "5,5"))
                .contains("2 problems", "--users: is 0", "--k: is [5, 5], the numbers must be ascending");
        ok("evaluate", run("mf-1"), "--full-ranking", "--split", "validation", "--users", "20");
        ok("evaluate", run("deepfm-1"), "--full-ranking", "--split", "validation", "--users", "21");
        assertThat(failed("compare", run("mf-1"), run("deepfm-1"), "--split", "validation"))
                .contains("other users", "same --users and --seed");
    }

    @Test
    void explainsHowToRankUnrankedRuns() {
        assertThat(ok("compare", run("mf-2"), run("deepfm-2"), "--split", "validation")
                        .results())
                .contains(
                        "Ranks are not compared: 'sllmr evaluate ",
                        "--split validation' computes those of this" + " run.");
    }

    private static JsonNode row(JsonNode result, String pairing, String metric) {
        for (JsonNode row : result.path("rows")) {
            if (row.path("pairing").asString().equals(pairing)
                    && row.path("metric").asString().equals(metric)) {
                return row;
            }
        }
        throw new AssertionError("no row " + pairing + " " + metric + " in " + result);
    }

    private static Invocation ok(String... arguments) {
        Invocation invocation = Invocation.of(Commands.ALL, arguments);
        assertThat(invocation.code()).as(invocation.messages()).isZero();
        return invocation;
    }

    private static String failed(String... arguments) {
        Invocation invocation = Invocation.of(Commands.ALL, arguments);
        assertThat(invocation.code()).isEqualTo(1);
        return invocation.messages();
    }

    private static JsonNode json(Invocation invocation) {
        return new JsonMapper().readTree(invocation.results());
    }
}
