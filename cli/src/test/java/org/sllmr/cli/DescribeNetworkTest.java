// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeNetworkTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void data() throws IOException {
        StringBuilder log = new StringBuilder("user_id,item_id,timestamp\n");
        for (int row = 0; row < 60; row++) {
            log.append("u%d,i%d,%d\n".formatted(row % 10, row * 7 % 23, row));
        }
        Path file = Files.writeString(folder.resolve("log.csv"), log);
        Invocation prepared = run(
                "data",
                "prepare",
                "--interactions",
                file.toString(),
                "--user",
                "user_id",
                "--item",
                "item_id",
                "--time",
                "timestamp",
                "--out",
                folder.resolve("data").toString());
        assertThat(prepared.code()).as(prepared.messages()).isZero();
    }

    private static Invocation run(String... arguments) {
        return Invocation.of(Commands.ALL, arguments);
    }

    @Test
    void aConfigurationsNetworkIsShownWithWhatRankingComputesWhen() {
        Invocation described = run(
                "describe",
                "recommended/deepfm",
                "--data",
                folder.resolve("data").toString());
        assertThat(described.code()).as(described.messages()).isZero();
        // The perceptron's first layer is a sum of both sides; what follows its activation is computed for every pair.
        assertThat(described.results())
                .containsPattern("item +23|item +24")
                .containsPattern("Linear +\\d+ +rows +200 +once each +mlp.0.weight mlp.0.bias")
                .containsPattern("Activate +\\d+ +rows +200 +every pair")
                .containsPattern("SumGroups +0 +rows")
                .contains("trained parameters");
    }

    @Test
    void whatUsersShareOfTheirHistoriesIsShown() {
        Invocation described = run(
                "describe", "recommended/din", "--data", folder.resolve("data").toString());
        assertThat(described.code()).as(described.messages()).isZero();
        assertThat(described.results())
                .containsPattern("Linear +\\d+ +history +\\d+ +history item +attention.0.weight")
                .containsPattern("Linear +\\d+ +pairs +1 +both items +attention.\\d.weight")
                .containsPattern("HistoryAggregate +\\d+ \\d+ +rows +\\d+ +every pair");
    }

    @Test
    void aConfigurationWithoutDataAsksForThem() {
        Invocation described = run("describe", "recommended/deepfm");
        assertThat(described.code()).isEqualTo(1);
        assertThat(described.messages()).contains("recommended/deepfm", "--data");
    }

    @Test
    void numbersAndVectorsAreShownWithWhatWasFitted() throws IOException {
        StringBuilder log = new StringBuilder("user,item,time,hour\n");
        StringBuilder items = new StringBuilder("item,title,price,image\n");
        StringBuilder vectors = new StringBuilder("item,vector\n");
        for (int row = 0; row < 60; row++) {
            log.append("u%d,i%d,%d,%d\n".formatted(row % 10, row * 7 % 23, row, row % 24));
        }
        for (int item = 0; item < 23; item++) {
            items.append("i%d,comb %d,%d.5,%d 1 2\n".formatted(item, item, item, item));
            vectors.append("i%d,\"[%d, 3]\"\n".formatted(item, item));
        }
        String dataset = folder.resolve("numeric").toString();
        Invocation prepared = run(
                "data",
                "prepare",
                "--interactions",
                Files.writeString(folder.resolve("hours.csv"), log).toString(),
                "--user",
                "user",
                "--item",
                "item",
                "--time",
                "time",
                "--context-numbers",
                "hour",
                "--items",
                Files.writeString(folder.resolve("priced.csv"), items).toString(),
                "--item-numbers",
                "price",
                "--item-vectors",
                "image",
                "--item-vector-file",
                Files.writeString(folder.resolve("vectors.csv"), vectors).toString(),
                "--out",
                dataset);
        assertThat(prepared.code()).as(prepared.messages()).isZero();
        Invocation described = run(
                "describe",
                "recommended/deepfm",
                "--data",
                dataset,
                "--set",
                "model.schema.numbers.form=quantiles",
                "--set",
                "model.schema.numbers.exceptions=[{field: item.price, form: logarithmic}]",
                "--set",
                "model.schema.vectors.cosine=true");
        assertThat(described.code()).as(described.messages()).isZero();
        assertThat(described.results())
                .containsPattern("context.hour +quantiles, cut at ")
                .containsPattern("item.price +logarithmic, mean ")
                .containsPattern("item.image +vectors of 3 floats, times ")
                .containsPattern("history.vector +vectors of 2 floats, times ")
                .containsPattern("pair.image.cosine +vectors of 3 floats, of the last 10 items")
                .containsPattern("Project +0 +rows +320 +once +inputs.item.image.weight")
                .containsPattern("Project +1 +rows +64 +every +inputs.pair.image.cosine.weight");
        Invocation wrong =
                run("describe", "recommended/mf", "--data", dataset, "--set", "model.schema.vectors.product=true");
        assertThat(wrong.code()).isNotZero();
    }
}
