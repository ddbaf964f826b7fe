// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExperimentCommandsTest {
    private static final String TABLE2 = "../configurations/grids/table2-none.yaml";

    @TempDir
    Path folder;

    private static Invocation run(String... arguments) {
        return Invocation.of(Commands.ALL, arguments);
    }

    private String small() throws IOException {
        Path shop = folder.resolve("shop");
        assertThat(run("data", "demo", "--users", "60", "--items", "200", "--out", shop.toString())
                        .code())
                .isZero();
        String dataset = folder.resolve("dataset").toString();
        Invocation prepared = run(
                "data",
                "prepare",
                "--interactions",
                shop.resolve("interactions.tsv").toString(),
                "--user",
                "user_id",
                "--item",
                "item_id",
                "--time",
                "timestamp",
                "--out",
                dataset);
        assertThat(prepared.code()).as(prepared.messages()).isZero();
        return dataset;
    }

    @Test
    void aGridRunsAndReports() throws IOException {
        String dataset = small();
        Path grid = Files.writeString(folder.resolve("grid.yaml"), """
                data: {shop: {label: Shop}}
                backbones: {mf: {set: {model.backbone: mf, model.embeddingDimension: 4, training.maxEpochs: 2}}}
                frameworks: {none: {}}
                seeds: [1, 2]
                """);
        String out = folder.resolve("out").toString();
        Invocation done =
                run("experiment", grid.toString(), "--data", "shop=" + dataset, "--out", out, "--jobs", "2", "--json");
        assertThat(done.code()).as(done.messages()).isZero();
        JsonNode cell =
                JsonMapper.shared().readTree(done.results()).path("cells").path(0);
        assertThat(cell.path("data").asString()).isEqualTo("Shop");
        assertThat(cell.path("seeds").asInt()).isEqualTo(2);
        assertThat(cell.path("auc").asDouble()).isBetween(0.3, 0.9);
        assertThat(cell.path("paper").isNull()).isTrue();
        assertThat(done.messages()).contains("2 of 2 runs");

        Invocation again =
                run("experiment", grid.toString(), "--data", "shop=" + dataset, "--out", out, "--seeds", "2");
        assertThat(again.code()).isZero();
        assertThat(again.results()).contains("Shop").contains("sllmr report");

        Invocation report = run("report", out);
        assertThat(report.code()).as(report.messages()).isZero();
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("Matrix factorization");
    }

    @Test
    void aSearchWritesAConfigurationThatTrains() throws IOException {
        String dataset = small();
        Path search = Files.writeString(folder.resolve("search.yaml"), """
                set: {model.backbone: mf, model.embeddingDimension: 4, training.maxEpochs: 2}
                ranges:
                  model.optimizer.learningRate: {name: log-uniform, low: 1e-3, high: 1e-1}
                trials: 3
                """);
        String out = folder.resolve("out").toString();
        Invocation done = run("tune", search.toString(), "--data", dataset, "--out", out);
        assertThat(done.code()).as(done.messages()).isZero();
        assertThat(done.results()).contains("learningRate", "Next: sllmr train " + out + "/best.yaml");
        Invocation trained =
                run("train", out + "/best.yaml", "--out", folder.resolve("run").toString());
        assertThat(trained.code()).as(trained.messages()).isZero();
    }

    @Test
    void missingInputsAreReportedBeforeAnythingRuns() throws IOException {
        String out = folder.resolve("out").toString();
        Invocation missing = run("experiment", TABLE2, "--out", out, "--only", "data=beauty");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.messages())
                .contains("data.beauty.dataset: is not set; give the dataset folder by --data beauty=FOLDER")
                .doesNotContain("sports");
        assertThat(run("experiment", TABLE2, "--out", out, "--only", "backbone=dcn")
                        .messages())
                .contains("--only: the grid has no backbone 'dcn'");
        assertThat(run("experiment", TABLE2, "--out", out, "--jobs", "0").messages())
                .contains("--jobs: is 0, allowed is 1 or more");
        assertThat(run("report", out).messages()).contains("holds no experiment");
        String dataset = small();
        Path search =
                Files.writeString(folder.resolve("search.yaml"), "ranges: {seed: {name: choice, values: [1, 2]}}");
        assertThat(run("tune", search.toString(), "--data", dataset, "--out", dataset)
                        .messages())
                .contains(dataset + ": holds no search, but other things (");
        Path grid = Files.writeString(
                folder.resolve("grid.yaml"),
                "data: {shop: {}}\nbackbones: {mf: {}}\nframeworks: {none: {}}\nseeds: [1]\n");
        assertThat(run("experiment", grid.toString(), "--data", "shop=" + dataset, "--out", dataset)
                        .messages())
                .contains(dataset + ": holds no experiment, but other things (");
        assertThat(run("tune", "nowhere.yaml", "--out", out).messages()).contains("nowhere.yaml: does not exist");
    }
}
