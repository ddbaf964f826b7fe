// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every command that reads a part's samples, on ratings that are split by time: there the histories of validation and test
 * samples go on past the training log, and some users have none in training.
 */
class LabelledCommandsTest {
    private static final int USERS = 80;
    private static final int ITEMS = 40;
    private static final int RATINGS = 25;

    @TempDir
    private static Path shared;

    @BeforeAll
    static void prepare() throws IOException {
        Random random = new Random(5);
        List<String> ratings = new ArrayList<>(List.of("user,item,rating,time"));
        for (int user = 0; user < USERS; user++) {
            // The last fifth of the users begins late.
            int begin = user < USERS * 4 / 5 ? random.nextInt(60_000) : 90_000 + random.nextInt(2_000);
            boolean likesSoap = user % 2 == 0;
            for (int item : random.ints(0, ITEMS).distinct().limit(RATINGS).toArray()) {
                boolean liked = random.nextInt(10) == 0 ^ likesSoap == (item % 2 == 0);
                ratings.add("u" + user + ",i" + item + "," + (liked ? 5 : 2) + ","
                        + (1_500_000_000 + begin + random.nextInt(40_000)));
            }
        }
        Files.write(shared.resolve("ratings.csv"), ratings);
        List<String> items = new ArrayList<>(List.of("item,title"));
        for (int item = 0; item < ITEMS; item++) {
            String title = (item % 2 == 0 ? "lavender soap bar " : "steel screwdriver set ") + item;
            items.add("i" + item + ",\"" + title + "\nboxed\"");
        }
        Files.write(shared.resolve("items.csv"), items);
        ok(
                "data",
                "prepare",
                "--interactions",
                path("ratings.csv"),
                "--user",
                "user",
                "--item",
                "item",
                "--time",
                "time",
                "--positive",
                "rating >= 4",
                "--items",
                path("items.csv"),
                "--item-text",
                "title",
                "--out",
                path("dataset"));
        ok(
                "score",
                "run",
                "--data",
                path("dataset"),
                "--set",
                "plan.heldOut.share=0.3",
                "--cache",
                path("cache"),
                "--out",
                path("teacher"));
        train("alone");
        train("guided", "--teacher", path("teacher"), "--set", "guidance=calibrated-pairwise");
    }

    private static void train(String name, String... further) {
        List<String> words = new ArrayList<>(List.of(
                "train",
                "--data",
                path("dataset"),
                "--set",
                "model.backbone.name=mf",
                "--set",
                "training.maxEpochs=2",
                "--out",
                path(name)));
        words.addAll(List.of(further));
        ok(words.toArray(String[]::new));
    }

    @Test
    void aTeacherIsDescribedWithTheHistoriesOfTheParts() {
        JsonNode described =
                json("score", "describe", path("teacher"), "--data", path("dataset"), "--cache", path("cache"));
        JsonNode all = described.path("audit").get(0);
        // Two kinds of items, and a user likes one of them: its last likes tell which.
        assertThat(all.path("teacher").asDouble()).isGreaterThan(0.7);
        assertThat(all.path("samples").asInt() + all.path("unscored").asInt())
                .isEqualTo(samples(json("data", "describe", path("dataset")), "validation"));
    }

    private static int samples(JsonNode described, String part) {
        for (JsonNode facts : described.path("parts")) {
            if (facts.path("part").asString().equals(part)) {
                return facts.path("samples").asInt();
            }
        }
        throw new AssertionError("no part '" + part + "' in " + described.path("parts"));
    }

    @Test
    void aRunIsDiagnosedOnBothParts() {
        for (String part : List.of("validation", "test")) {
            List<String> words = new ArrayList<>(
                    List.of("diagnose", path("guided"), "--without", path("alone"), "--cache", path("cache")));
            if (part.equals("test")) {
                words.add("--test");
            }
            JsonNode diagnosis = json(words.toArray(String[]::new));
            JsonNode all = diagnosis.path("parts").get(0);
            assertThat(diagnosis.path("split").asString()).isEqualTo(part);
            assertThat(all.path("teacher").asDouble()).as(part).isGreaterThan(0.7);
            JsonNode metrics = json("evaluate", path("guided"));
            assertThat(all.path("run").asDouble())
                    .isEqualTo(metrics.path(part).path("auc").asDouble());
        }
    }

    @Test
    void controlsAndRankingsAreMade() {
        ok("score", "shuffle", path("teacher"), "--out", path("shuffled"));
        ok("score", "oracle", path("teacher"), "--data", path("dataset"), "--out", path("oracle"));
        JsonNode ranked = json("evaluate", path("guided"), "--full-ranking", "--slices");
        assertThat(ranked.path("ranking")
                        .path("metrics")
                        .path("auc")
                        .path("value")
                        .asDouble())
                .isBetween(0.0, 1.0);
        assertThat(ranked.path("slices").size()).isPositive();
        JsonNode compared = json("compare", path("alone"), path("guided"));
        assertThat(compared.size()).isPositive();
    }

    @Test
    void aTextOfSeveralLinesIsShownInOne() {
        ok("export", path("alone"), "--out", path("bundle"));
        assertThat(ok("recommend", path("bundle"), "--history", "i1", "--k", "40", "--seen")
                        .results()
                        .lines()
                        .filter(line -> line.contains("steel screwdriver set")))
                .hasSize(ITEMS / 2)
                .allMatch(line -> line.matches(".* i[0-9]+ .*boxed.*"));
    }

    private static String path(String name) {
        return shared.resolve(name).toString();
    }

    private static JsonNode json(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        return new JsonMapper().readTree(ok(all.toArray(String[]::new)).results());
    }

    private static Invocation ok(String... words) {
        Invocation invocation = Invocation.of(Commands.ALL, words);
        assertThat(invocation.code())
                .as("%s: %s", String.join(" ", words), invocation.messages())
                .isZero();
        return invocation;
    }
}
