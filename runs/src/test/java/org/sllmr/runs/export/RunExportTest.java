// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.bundle.NewItem;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.onnx.OnnxFile;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.training.TrainingListener;

class RunExportTest {
    @TempDir
    private static Path shared;

    @TempDir
    Path folder;

    private static SmallShop shop;
    private static Dataset dataset;

    @BeforeAll
    static void makeShop() throws IOException {
        shop = SmallShop.in(shared);
        dataset = Dataset.open(shop.dataset());
    }

    private RunFolder train(String model) throws IOException, InterruptedException {
        RunSettings settings = RunConfiguration.read(
                        "test", "{model: " + model + ", training: {maxEpochs: 1}, guidance: none}")
                .on(shop.dataset(), Optional.of(shop.teacher()));
        return RunExecution.execute(settings, RunInputs.of(settings), folder.resolve("run"), TrainingListener.SILENT);
    }

    private Recommender export(RunFolder run, HistoryForm form) throws IOException {
        Path bundle = folder.resolve("bundle.zip");
        RunExport.run(run, dataset, "shop", form, bundle, true);
        return Recommender.open(bundle);
    }

    /** Test users as evaluation ranks them: with the history before the held-out item. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{backbone: {name: deepfm, mlp: {units: [24, 12]}}, embeddingDimension: 12}",
                "{backbone: {name: dcnv2, mlp: {units: [24, 12], batchNorm: true}}, embeddingDimension: 8}",
                "{backbone: {name: din, attention: {units: [10]}, mlp: {units: [24]}}, embeddingDimension: 8}",
                "{backbone: mf, embeddingDimension: 8}",
                "{backbone: {name: dcnv2, mlp: {units: [24, 12]}}, embeddingDimension: 8, schema: {teacherScores: true,"
                        + " text: {use: true}, unknown: {share: 0.1, rareBelow: 2}}}"
            })
    void aBundleScoresWithTheBitsOfEvaluation(String model) throws Exception {
        RunFolder run = train(model);
        Recommender recommender = export(run, HistoryForm.HASHED);
        InteractionLog log = dataset.testData().log();
        Catalogue items = dataset.trainingData().catalogue();
        int[] users = IntStream.range(0, log.users()).toArray();
        int[] positions = IntStream.of(users).map(log::length).toArray();
        float[][] expected = AllScores.of(RunEvaluation.scorer(run, dataset), log, items.size());
        for (int user = 0; user < users.length; user += 7) {
            List<String> history = new ArrayList<>();
            for (int position = 0; position < positions[user]; position++) {
                history.add(items.ids().value(log.item(user, position)));
            }
            Recommendations all = recommender.recommend(Request.ofHistory(history)
                    .withUser(dataset.trainingData().userIds().value(user))
                    .withSeen(true)
                    .withK(items.size()));
            assertThat(all.items()).hasSize(items.size());
            for (Recommendations.Item item : all.items()) {
                assertThat(item.score()).isEqualTo(expected[user][items.ids().indexOf(item.item())]);
            }
        }
    }

    /** The file is another engine's business, but a changed one is refused. */
    @Test
    void aBundleMayHoldTheModelForOtherEngines() throws Exception {
        RunFolder run = train("{backbone: mf, embeddingDimension: 4}");
        Path bundle = folder.resolve("bundle");
        RunExport.run(run, dataset, "shop", HistoryForm.PLAIN, bundle, false, true);
        TrainingData data = dataset.trainingData();
        String user = data.userIds().value(5);
        long[] items = {3, 0, 7};
        List<String> ids = LongStream.of(items)
                .mapToObj(item -> data.catalogue().ids().value((int) item))
                .toList();
        Recommendations expected = Recommender.open(bundle)
                .score(Request.ofHistory(List.of(ids.get(2), ids.get(0)))
                        .withUser(user)
                        .withCandidates(ids));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Path file = bundle.resolve(OnnxFile.MODEL);
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor users = OnnxTensor.createTensor(environment, new long[] {5, 5, 5});
                OnnxTensor candidates = OnnxTensor.createTensor(environment, items);
                OnnxTensor history = OnnxTensor.createTensor(environment, new long[][] {{7, 3}, {7, 3}, {7, 3}});
                OnnxTensor length = OnnxTensor.createTensor(environment, new long[] {2, 2, 2});
                OrtSession.Result result = session.run(
                        Map.of("user", users, "item", candidates, "history", history, "history_length", length))) {
            float[] scores = (float[]) result.get("score").orElseThrow().getValue();
            for (Recommendations.Item item : expected.items()) {
                assertThat(scores[ids.indexOf(item.item())]).isCloseTo(item.score(), within(1e-5f));
            }
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("sllmr.name", "shop")
                    .containsEntry(
                            "sllmr.configurationHash",
                            run.contents().provenance().configurationHash());
        }
        Path zip = folder.resolve("bundle.zip");
        RunExport.run(run, dataset, "shop", HistoryForm.PLAIN, zip, true, true);
        assertThat(Recommender.open(zip).manifest().name()).isEqualTo("shop");
        try (ZipFile entries = new ZipFile(zip.toFile())) {
            assertThat(entries.getInputStream(entries.getEntry(OnnxFile.MODEL)))
                    .hasBinaryContent(Files.readAllBytes(file));
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> Recommender.open(bundle))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(OnnxFile.MODEL);
    }

    @Test
    void aBundleKnowsAllInteractions() throws Exception {
        Recommender recommender = export(train("{backbone: mf, embeddingDimension: 4}"), HistoryForm.PLAIN);
        InteractionLog all = dataset.allInteractions();
        String user = dataset.trainingData().userIds().value(5);
        assertThat(recommender.users()).contains(user);
        assertThat(recommender.history(user)).hasSize(all.length(5));
        assertThat(all.length(5)).isEqualTo(dataset.testData().log().length(5) + 1);
        assertThat(recommender.manifest().run().guidance()).isEqualTo("none");
        assertThat(recommender.manifest().createdBy().program()).isEqualTo("sllmr");
    }

    /** The encoder is on the class path here. A model that reads texts and no ids takes a copy of an item for the item. */
    @Test
    void textsOfNewItemsAreEncodedAsInTraining() throws Exception {
        Recommender recommender = export(
                train("{backbone: {name: dcnv2, mlp: {units: [16]}}, embeddingDimension: 8, schema: {text: {use: true},"
                        + " fields: [item.brand, item.text, history.text, pair.text.product, pair.text.cosine]}}"),
                HistoryForm.NONE);
        Catalogue items = recommender.catalogue();
        NewItem copy = new NewItem(
                "copy",
                Map.of("brand", items.field("brand").orElseThrow().texts(9)),
                Map.of("title", items.text("title").orElseThrow().values().get(9)));
        NewItem other = new NewItem("other", copy.fields(), Map.of("title", "a very different thing"));
        String known = items.ids().value(9);
        List<String> history = List.of(items.ids().value(3), items.ids().value(4));
        List<Recommendations.Item> scored = recommender
                .score(Request.ofHistory(history)
                        .withNewItems(List.of(copy, other))
                        .withCandidates(List.of(known, "copy", "other")))
                .items();
        assertThat(scored.get(1).score()).isEqualTo(scored.get(0).score());
        assertThat(scored.get(2).score()).isNotEqualTo(scored.get(0).score());
    }
}
