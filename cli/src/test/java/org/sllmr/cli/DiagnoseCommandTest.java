// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Diagnosing runs on a generated shop of 200 items. */
class DiagnoseCommandTest {
    private static final int USERS = 120;

    @TempDir
    private static Path shared;

    @BeforeAll
    static void runs() {
        ok("data", "demo", "--out", path("files"), "--users", "" + USERS, "--items", "200");
        ok(
                "data",
                "prepare",
                "--interactions",
                path("files/interactions.tsv"),
                "--user",
                "user_id",
                "--item",
                "item_id",
                "--time",
                "timestamp",
                "--items",
                path("files/items.tsv"),
                "--item-field",
                "brand",
                "--item-text",
                "title",
                "--out",
                path("dataset"));
        ok("score", "run", "--data", path("dataset"), "--cache", path("cache"), "--out", path("teacher"));
        ok("score", "shuffle", path("teacher"), "--out", path("shuffled"));
        train("alone", 1, 2);
        train("alone-2", 2, 2);
        train("guided", 1, 2, "--teacher", path("teacher"), "--set", "guidance=selective-pairwise");
    }

    private static void train(String name, int seed, int epochs, String... further) {
        List<String> words = new ArrayList<>(List.of(
                "train",
                "--data",
                path("dataset"),
                "--set",
                "model.backbone.name=mf",
                "--set",
                "seed=" + seed,
                "--set",
                "training.maxEpochs=" + epochs,
                "--out",
                path(name)));
        words.addAll(List.of(further));
        ok(words.toArray(String[]::new));
    }

    private static String path(String name) {
        return shared.resolve(name).toString();
    }

    @Test
    void numbersMatchTheRunsAndTheTeacher() throws IOException {
        JsonNode diagnosis = json(diagnose("guided", "--without", path("alone"), "--json"));
        JsonNode all = diagnosis.path("parts").get(0);
        assertThat(diagnosis.path("split").asString()).isEqualTo("validation");
        assertThat(all.path("samples").asInt()).isEqualTo(2 * USERS);
        assertThat(all.path("run").asDouble()).isEqualTo(metric("guided", "validation"));
        assertThat(all.path("without").asDouble()).isEqualTo(metric("alone", "validation"));
        assertThat(all.path("difference").path("difference").asDouble())
                .isCloseTo(metric("guided", "validation") - metric("alone", "validation"), within(1e-12));
        JsonNode described = json(run(
                "score", "describe", path("teacher"), "--data", path("dataset"), "--cache", path("cache"), "--json"));
        assertThat(all.path("teacher").asDouble())
                .isEqualTo(described.path("audit").get(0).path("teacher").asDouble());
        assertThat(diagnosis.path("agreement").get(0).path("groups").findValuesAsString("who"))
                .containsExactly("TEACHER_ALONE", "MODEL_ALONE", "BOTH", "NEITHER");
        assertThat(diagnosis.path("gate").path("epochs")).hasSize(2);
        assertThat(diagnosis.path("gate").path("regions")).isNotEmpty();
        assertThat(diagnosis.path("notes")).isEmpty();
        assertThat(json(diagnose("guided", "--without", path("alone"), "--json")))
                .isEqualTo(diagnosis);
    }

    @Test
    void testSamplesAreUsedOnRequestOnly() throws IOException {
        JsonNode diagnosis = json(diagnose("guided", "--without", path("alone"), "--test", "--json"));
        assertThat(diagnosis.path("split").asString()).isEqualTo("test");
        assertThat(diagnosis.path("parts").get(0).path("run").asDouble()).isEqualTo(metric("guided", "test"));
        assertThat(diagnosis.path("parts").get(0).path("scored").asInt()).isEqualTo(2 * USERS);
        assertThat(ok(diagnose("guided", "--test")).results()).contains(2 * USERS + " test samples");
        refused(
                "--validation: holds scores of validation samples, but --test uses test samples",
                diagnose("guided", "--test", "--validation", path("teacher")));
    }

    @Test
    void textAndPageAgree() throws IOException {
        Path page = shared.resolve("page.html");
        Invocation text = ok(diagnose("guided", "--without", path("alone"), "--out", page.toString()));
        assertThat(text.results())
                .contains(
                        "dataset, 240 validation samples; teacher 'embedding'",
                        "AUC by part",
                        "How the run orders pairs",
                        "Is the gate open where the teacher is better?",
                        "Guidance by epoch",
                        "Weights of the ",
                        "Page: " + page)
                .containsPattern("Overall the (difference is not significant|run with the teacher is (better|worse))");
        assertThat(text.messages()).contains("judging parts");
        assertThat(Files.readString(page)).contains("AUC by part", "How the run orders pairs", "<svg");
        refused("exists already", diagnose("guided", "--out", page.toString()));
        ok(diagnose("guided", "--out", page.toString(), "--replace"));
    }

    @Test
    void notesExplainTheComparison() {
        assertThat(json(diagnose("guided", "--json")).path("notes").get(0).asString())
                .contains("There is no run to compare with");
        JsonNode plain = json(diagnose("alone-2", "--without", path("alone"), "--teacher", path("teacher"), "--json"));
        assertThat(plain.path("notes").get(0).asString()).contains("trained without guidance");
        assertThat(plain.path("notes").get(1).asString()).contains("differ in seed too");
        assertThat(plain.path("gate").path("epochs")).isEmpty();
        JsonNode turned = json(diagnose("guided", "--without", path("guided"), "--json"));
        assertThat(turned.path("notes").get(0).asString()).contains("was guided too");
        assertThat(turned.path("parts").findValuesAsString("verdict")).containsOnly("NOT_SIGNIFICANT", "NOT_TESTED");
    }

    @Test
    void otherTeachersScoresComeFromTheirTables() {
        JsonNode few = json(diagnose("guided", "--without", path("alone"), "--teacher", path("shuffled"), "--json"));
        assertThat(few.path("teacher").asString()).isEqualTo("shuffled embedding");
        assertThat(few.path("scored").asInt()).isLessThan(2 * USERS);
        assertThat(few.path("notes").get(0).asString()).contains("The teacher scored ", "of 240 samples");
        ok(
                "score",
                "plan",
                "--data",
                path("dataset"),
                "--cache",
                path("cache"),
                "--validation",
                "" + USERS,
                "--out",
                path("judging"));
        ok(
                "score",
                "run",
                "--data",
                path("dataset"),
                "--cache",
                path("cache"),
                "--plan",
                path("judging"),
                "--out",
                path("judged"));
        JsonNode looked =
                json(diagnose("guided", "--teacher", path("shuffled"), "--validation", path("judged"), "--json"));
        JsonNode asked = json(diagnose("guided", "--json"));
        assertThat(looked.path("scored").asInt()).isEqualTo(2 * USERS);
        assertThat(looked.path("parts")).isEqualTo(asked.path("parts"));
    }

    @Test
    void anOracleIsAnUpperBoundAndWarns() throws IOException {
        Invocation made = run("score", "oracle", path("teacher"), "--data", path("dataset"), "--out", path("oracle"));
        assertThat(ok(made).results())
                .contains(
                        "teacher oracle embedding",
                        "oracleStrength 1.0, oracleSeed 1",
                        "none of its metrics is a result");
        for (String teacher : List.of("teacher", "oracle")) {
            train(
                    "by-" + teacher,
                    1,
                    12,
                    "--teacher",
                    path(teacher),
                    "--set",
                    "guidance=global-pairwise",
                    "--set",
                    "guidance.lambda=1",
                    "--set",
                    "training.patience=12");
        }
        assertThat(metric("by-oracle", "validation")).isGreaterThan(metric("by-teacher", "validation") + 0.1);
        assertThat(json(diagnose("by-oracle", "--json")).path("notes").get(0).asString())
                .contains("knows the validation positives");
        JsonNode weak = json(run(
                "score",
                "oracle",
                path("shuffled"),
                "--data",
                path("dataset"),
                "--strength",
                "0.5",
                "--seed",
                "3",
                "--out",
                path("weak"),
                "--json"));
        assertThat(weak.path("provenance").path("teacher").asString()).isEqualTo("oracle shuffled embedding");
        assertThat(weak.path("provenance").path("planned").path("ORACLE").asInt())
                .isBetween(USERS / 4, 3 * USERS / 4);
        refused("is of an oracle already", oracle("oracle", "again"));
        refused("exists already", oracle("teacher", "oracle"));
        refused("--strength: is 1.5", oracle("teacher", "more", "--strength", "1.5"));
        ok(
                "score",
                "plan",
                "--data",
                path("dataset"),
                "--cache",
                path("cache"),
                "--validation",
                "10",
                "--out",
                path("ten"));
        ok(
                "score",
                "run",
                "--data",
                path("dataset"),
                "--cache",
                path("cache"),
                "--plan",
                path("ten"),
                "--out",
                path("ten-judged"));
        refused("which evaluate a teacher", oracle("ten-judged", "judge"));
    }

    private static Invocation oracle(String teacher, String out, String... further) {
        List<String> words = new ArrayList<>(
                List.of("score", "oracle", path(teacher), "--data", path("dataset"), "--out", path(out)));
        words.addAll(List.of(further));
        return run(words.toArray(String[]::new));
    }

    @Test
    void missingInputsAreNamed() {
        refused("names no teacher; give --teacher", diagnose("alone"));
        refused("nowhere: does not exist", diagnose("nowhere"));
        refused("nothing: does not exist", diagnose("guided", "--without", path("nothing")));
        refused("scores: does not exist", diagnose("guided", "--teacher", path("scores")));
        refused(
                "--teacher: would not be used: there is no guidance",
                run("train", "--data", path("dataset"), "--teacher", path("teacher"), "--out", path("unguided")));
        refused(
                path("dataset") + ": is a folder, but a file is needed",
                run(
                        "train",
                        "--data",
                        path("dataset"),
                        "--teacher",
                        path("dataset"),
                        "--set",
                        "guidance=calibrated-pairwise",
                        "--out",
                        path("unguided")));
        assertThat(Path.of(path("unguided"))).doesNotExist();
        assertThat(run("diagnose").code()).isEqualTo(2);
    }

    private static double metric(String name, String split) throws IOException {
        JsonNode metrics = new JsonMapper().readTree(Files.readString(shared.resolve(name + "/metrics.json")));
        return metrics.path(split).path("auc").asDouble();
    }

    private static Invocation diagnose(String name, String... further) {
        List<String> words = new ArrayList<>(List.of("diagnose", path(name), "--cache", path("cache")));
        words.addAll(List.of(further));
        return run(words.toArray(String[]::new));
    }

    private static void refused(String message, Invocation invocation) {
        assertThat(invocation.messages()).contains(message);
        assertThat(invocation.code()).isEqualTo(1);
        assertThat(invocation.results()).isEmpty();
    }

    private static Invocation run(String... words) {
        return Invocation.of(Commands.ALL, words);
    }

    private static void ok(String... words) {
        ok(run(words));
    }

    private static Invocation ok(Invocation invocation) {
        assertThat(invocation.code()).as(invocation.messages()).isZero();
        return invocation;
    }

    private static JsonNode json(Invocation invocation) {
        return new JsonMapper().readTree(ok(invocation).results());
    }
}
