// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sllmr.bundle.NewItem;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.store.Dataset;
import org.sllmr.embedding.MiniLmEncoder;
import org.sllmr.runs.Blend;
import org.sllmr.runs.BlendSettings;
import org.sllmr.runs.RunBlend;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.blend.BlendFormula;
import org.sllmr.teacher.blend.PairTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.training.TrainingListener;
import org.sllmr.training.calibration.NewItems;
import org.sllmr.training.calibration.Preference;

class BlendExportTest {
    private static final double TAIL = 0.4;
    private static final String LAMP = "Red Desk Lamp";

    @TempDir
    private static Path shared;

    @TempDir
    Path folder;

    private static SmallShop shop;
    private static Dataset dataset;
    private static TrainingData data;
    private static Vocabulary ids;
    private static RunFolder alone;
    private static String encoderHash;
    private static float[] lampVector;

    @BeforeAll
    static void trainARun() throws Exception {
        shop = SmallShop.in(shared);
        dataset = Dataset.open(shop.dataset());
        data = dataset.trainingData();
        ids = data.catalogue().ids();
        alone = train(shared.resolve("run"), "{}");
        try (MiniLmEncoder encoder = MiniLmEncoder.open()) {
            encoderHash = encoder.hash();
            lampVector = new float[encoder.dimension()];
            encoder.encode(LAMP, lampVector, 0);
        }
    }

    private static RunFolder train(Path place, String schema) throws IOException, InterruptedException {
        RunSettings settings = RunConfiguration.read(
                        "test",
                        "{model: {backbone: {name: dcnv2, mlp: {units: [24, 12]}}, embeddingDimension: 8, schema: "
                                + schema + "}, training: {maxEpochs: 1}, guidance: none}")
                .on(shop.dataset(), Optional.of(shop.teacher()));
        return RunExecution.execute(settings, RunInputs.of(settings), place, TrainingListener.SILENT);
    }

    /** A file of scores as the embedding teacher leaves it; a blend reads only what it says of the teacher. */
    private Path embedding(int historyLength, int nearest, String scale, String columns) throws IOException {
        Map<String, String> settings = Map.of(
                "textColumns",
                columns,
                "historyLength",
                Integer.toString(historyLength),
                "nearest",
                Integer.toString(nearest),
                "scale",
                scale);
        return write(
                EmbeddingTeacher.NAME,
                encoderHash,
                settings,
                new TeacherTable(new int[data.log().users() + 1], new int[0], new float[0]));
    }

    /** A file of scores of the validation samples, and of no other pairs. */
    private Path scores() throws IOException {
        Samples samples = data.validation().samples();
        List<TreeMap<Integer, Float>> scored = new ArrayList<>();
        for (int user = 0; user < data.log().users(); user++) {
            scored.add(new TreeMap<>());
        }
        for (int row = 0; row < samples.size(); row++) {
            int item = samples.instances().items()[row];
            scored.get(samples.instances().users()[row]).put(item, (item * 7 % 10 + 5 * samples.label(row)) / 20f);
        }
        int[] offsets = new int[scored.size() + 1];
        List<Integer> items = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        for (int user = 0; user < scored.size(); user++) {
            items.addAll(scored.get(user).keySet());
            values.addAll(scored.get(user).values());
            offsets[user + 1] = items.size();
        }
        float[] of = new float[values.size()];
        for (int i = 0; i < of.length; i++) {
            of[i] = values.get(i);
        }
        return write(
                "someone",
                "m",
                Map.of(),
                new TeacherTable(
                        offsets, items.stream().mapToInt(Integer::intValue).toArray(), of));
    }

    private Path write(String teacher, String model, Map<String, String> settings, TeacherTable table)
            throws IOException {
        Path file = folder.resolve("scores");
        new TeacherTableFile(
                        new ScoreProvenance(
                                teacher,
                                model,
                                settings,
                                data.name(),
                                data.hash(),
                                1,
                                Map.of("all", table.size()),
                                Map.of("all", table.size()),
                                table.size(),
                                table.size(),
                                data.log().users(),
                                200),
                        table)
                .write(file);
        return file;
    }

    private RunFolder blend(RunFolder run, Optional<Path> scores) throws IOException {
        return blend(run, new BlendSettings(scores, TAIL, NewItems.UNPOPULAR));
    }

    private RunFolder blend(RunFolder run, BlendSettings settings) throws IOException {
        return RunBlend.of(run, dataset, settings, folder.resolve("blend")).run();
    }

    private Recommender export(RunFolder run, HistoryForm form) throws IOException {
        Path bundle = folder.resolve(run.path().getFileName() + ".zip");
        RunExport.run(run, dataset, "shop", form, bundle, true);
        return Recommender.open(bundle);
    }

    private static List<String> history(InteractionLog log, int user) {
        List<String> history = new ArrayList<>();
        for (int position = 0; position < log.length(user); position++) {
            history.add(ids.value(log.item(user, position)));
        }
        return history;
    }

    private void hasTheBitsOfEvaluation(RunFolder blended, HistoryForm form) throws IOException {
        Recommender recommender = export(blended, form);
        InteractionLog log = dataset.testData().log();
        float[][] expected = AllScores.of(RunEvaluation.scorer(blended, dataset), log, ids.size());
        float[][] unblended = AllScores.of(RunEvaluation.scorer(alone, dataset), log, ids.size());
        assertThat(expected[0]).isNotEqualTo(unblended[0]);
        for (int user = 0; user < log.users(); user += 7) {
            Request request = Request.ofHistory(history(log, user))
                    .withUser(data.userIds().value(user))
                    .withSeen(true)
                    .withK(ids.size());
            List<Recommendations.Item> all = recommender.recommend(request).items();
            assertThat(all).hasSize(ids.size());
            for (Recommendations.Item item : all) {
                assertThat(item.score()).isEqualTo(expected[user][ids.indexOf(item.item())]);
            }
            List<String> few = List.of(ids.value(200), ids.value(3), ids.value(77));
            for (Recommendations.Item item :
                    recommender.score(request.withCandidates(few)).items()) {
                assertThat(item.score()).isEqualTo(expected[user][ids.indexOf(item.item())]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 1, AFFINE, ''", "30, 3, CLIPPED, 'brand, title'"})
    void aBlendWithVectorsHasTheBitsOfEvaluation(int historyLength, int nearest, String scale, String columns)
            throws IOException {
        hasTheBitsOfEvaluation(
                blend(alone, Optional.of(embedding(historyLength, nearest, scale, columns))), HistoryForm.HASHED);
    }

    @ParameterizedTest
    @EnumSource(HistoryForm.class)
    void aBlendWithAFileOfScoresHasTheBitsOfEvaluation(HistoryForm form) throws IOException {
        hasTheBitsOfEvaluation(blend(alone, Optional.of(scores())), form);
    }

    @Test
    void aBlendWhoseNewItemsAreAverageHasTheBitsOfEvaluation() throws IOException {
        BlendSettings settings =
                new BlendSettings(Optional.of(embedding(10, 1, "AFFINE", "title")), TAIL, NewItems.AVERAGE);
        hasTheBitsOfEvaluation(blend(alone, settings), HistoryForm.HASHED);
    }

    @Test
    void aConstantForRareItemsHasTheBitsOfEvaluation() throws IOException {
        hasTheBitsOfEvaluation(blend(alone, Optional.empty()), HistoryForm.NONE);
    }

    /** The vectors are in the bundle once. */
    @Test
    void aModelThatReadsTheSameTextsSharesTheirVectors() throws Exception {
        RunFolder reading = train(folder.resolve("reading"), "{text: {use: true}}");
        RunFolder blended = blend(reading, Optional.of(embedding(10, 1, "AFFINE", "")));
        Recommender recommender = export(blended, HistoryForm.HASHED);
        assertThat(recommender
                        .manifest()
                        .blend()
                        .orElseThrow()
                        .texts()
                        .orElseThrow()
                        .vectors())
                .isEqualTo(recommender.manifest().columns().itemVectors().get(0));
        float[][] expected = AllScores.of(
                RunEvaluation.scorer(blended, dataset), dataset.testData().log(), ids.size());
        recommender
                .recommend(Request.ofHistory(history(dataset.testData().log(), 8))
                        .withUser(data.userIds().value(8))
                        .withK(20))
                .items()
                .forEach(item -> assertThat(item.score()).isEqualTo(expected[8][ids.indexOf(item.item())]));
    }

    /** By the formula: the logit that the model alone gives, its popularity, and the cosines of its text. */
    @ParameterizedTest
    @EnumSource(NewItems.class)
    void newItemsAndNewHistoriesAreComparedByTheirTexts(NewItems newItems) throws Exception {
        RunFolder blended =
                blend(alone, new BlendSettings(Optional.of(embedding(10, 1, "AFFINE", "title")), TAIL, newItems));
        double ofNew = Arrays.stream(Popularity.of(data).positives())
                .filter(positives -> positives > 0 && newItems == NewItems.AVERAGE)
                .mapToDouble(StrictMath::log1p)
                .average()
                .orElse(0);
        assertThat(blended.blend().orElseThrow().newLogPopularity().orElse(0.0)).isCloseTo(ofNew, offset(1e-12));
        Recommender recommender = export(blended, HistoryForm.HASHED);
        Recommender model = export(alone, HistoryForm.HASHED);
        PairTeacher.Vectors teacher =
                (PairTeacher.Vectors) RunEvaluation.teacher(blended.blend().orElseThrow(), data);
        NewItem lamp = new NewItem("lamp", Map.of(), Map.of("title", LAMP));
        NewItem untold = new NewItem("untold", Map.of(), Map.of());
        List<String> candidates = List.of("lamp", ids.value(4), "untold");
        for (List<String> history : List.of(
                List.of(ids.value(11), ids.value(12)),
                List.of(ids.value(11), "lamp"),
                List.of("lamp"),
                List.<String>of())) {
            Request request = Request.ofHistory(history)
                    .withNewItems(List.of(lamp, untold))
                    .withCandidates(candidates);
            List<Recommendations.Item> logits = model.score(request).items();
            List<Recommendations.Item> scores = recommender.score(request).items();
            for (int i = 0; i < candidates.size(); i++) {
                assertThat(scores.get(i).score())
                        .as("%s after %s", candidates.get(i), history)
                        .isEqualTo(expected(
                                blended.blend().orElseThrow(),
                                teacher,
                                candidates.get(i),
                                history,
                                logits.get(i).score()));
            }
        }
    }

    private static float expected(
            Blend blend, PairTeacher.Vectors teacher, String candidate, List<String> history, float logit) {
        Popularity popularity = Popularity.of(data);
        int item = ids.indexOf(candidate);
        float best = Float.NEGATIVE_INFINITY;
        for (String before : history) {
            best = Math.max(best, dot(vector(teacher, before), vector(teacher, candidate)));
        }
        float taught =
                history.isEmpty() || candidate.equals("untold") ? Float.NaN : Math.max(0, Math.min(1, (1 + best) / 2));
        int most = Arrays.stream(popularity.longTailItems())
                .map(popularity::positives)
                .max()
                .orElseThrow();
        return blend.formula()
                .score(
                        logit,
                        item < 0 || popularity.positives(item) == 0
                                ? blend.newLogPopularity().orElse(0.0)
                                : StrictMath.log1p(popularity.positives(item)),
                        item < 0 || popularity.positives(item) <= most,
                        taught);
    }

    private static float[] vector(PairTeacher.Vectors teacher, String id) {
        int width = teacher.teacher().embeddings().dimension();
        float[] vector = new float[width];
        if (id.equals("lamp")) {
            return lampVector;
        } else if (ids.indexOf(id) >= 0) {
            System.arraycopy(teacher.teacher().embeddings().values(), ids.indexOf(id) * width, vector, 0, width);
        }
        return vector;
    }

    private static float dot(float[] x, float[] y) {
        float sum = 0;
        for (int d = 0; d < x.length; d++) {
            sum += x[d] * y[d];
        }
        return sum;
    }

    /** Of someone unknown, the embedding teacher knows the history; a file of scores knows nothing. */
    @Test
    void unknownUsersHaveTheMeanScoreOfAFile() throws Exception {
        RunFolder blended = blend(alone, Optional.of(scores()));
        Recommender recommender = export(blended, HistoryForm.HASHED);
        Recommender model = export(alone, HistoryForm.HASHED);
        List<String> history = List.of(ids.value(11), "no such item");
        BlendFormula formula = blended.blend().orElseThrow().formula();
        Popularity popularity = Popularity.of(data);
        int most = Arrays.stream(popularity.longTailItems())
                .map(popularity::positives)
                .max()
                .orElseThrow();
        Request request =
                Request.ofHistory(history).withUser("nobody").withCandidates(List.of(ids.value(5), ids.value(6)));
        List<Recommendations.Item> logits = model.score(request).items();
        Recommendations answer = recommender.score(request);
        assertThat(answer.basis().userKnown()).isFalse();
        assertThat(answer.basis().unknownItems()).containsExactly("no such item");
        for (int i = 0; i < 2; i++) {
            int positives = popularity.positives(5 + i);
            assertThat(answer.items().get(i).score())
                    .isEqualTo(formula.score(
                            logits.get(i).score(), StrictMath.log1p(positives), positives <= most, Float.NaN));
        }
    }

    /** The teacher reads longer histories than the model; each item is left out of both. */
    @Test
    void explanationsLeaveItemsOutOfTheTeachersHistoryToo() throws Exception {
        Recommender recommender =
                export(blend(alone, Optional.of(embedding(30, 1, "AFFINE", "title"))), HistoryForm.HASHED);
        List<String> history = new ArrayList<>();
        for (int item = 0; item < 26; item++) {
            history.add(ids.value(item * 3));
        }
        Recommendations answer =
                recommender.recommend(Request.ofHistory(history).withK(5).explained());
        assertThat(answer.basis().history()).isEqualTo(history);
        int explained = 0;
        for (Recommendations.Item item : answer.items()) {
            for (Recommendations.Reason reason : item.reasons()) {
                List<String> others = new ArrayList<>(history);
                others.remove(reason.item());
                float without = recommender
                        .score(Request.ofHistory(others).withCandidates(List.of(item.item())))
                        .items()
                        .get(0)
                        .score();
                assertThat(reason.weight()).isEqualTo(item.score() - without);
                explained++;
            }
        }
        assertThat(explained).isPositive();
    }

    @Test
    void anOnnxFileOfABlendIsRefusedBeforeAnythingIsWritten() throws Exception {
        RunFolder blended = blend(alone, Optional.empty());
        Path bundle = folder.resolve("bundle");
        assertThatThrownBy(() -> RunExport.run(blended, dataset, "shop", HistoryForm.NONE, bundle, false, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a blend, whose scores an ONNX file of its model does not give");
        assertThat(bundle).doesNotExist();
    }

    /** The formula is the target of guidance, to the last bit. */
    @Test
    void theFormulaIsThatOfThePreferenceThatIsFitted() {
        BlendFormula formula = new BlendFormula(List.of(0.7, 0.11, -0.03, 1.9, 0.4), -0.2, 0.5, 0, Optional.empty());
        double[] weights =
                formula.weights().stream().mapToDouble(Double::doubleValue).toArray();
        Preference preference = Preference.of(data, weights);
        Popularity popularity = Popularity.of(data);
        for (int item = 0; item < ids.size(); item++) {
            float logit = (item - 120) / 5f;
            float taught = item % 10 / 10f;
            assertThat(formula.score(logit, StrictMath.log1p(popularity.positives(item)), false, taught))
                    .isEqualTo((float) (preference.odds(0, item, taught, logit) + formula.intercept()));
        }
    }
}
