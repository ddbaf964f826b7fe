// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.SampleVectors;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.file.Sha256;
import org.sllmr.data.store.Dataset;
import org.sllmr.model.Model;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.retrieval.Examples;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextPlan;
import org.sllmr.teacher.text.TextProvenance;
import org.sllmr.teacher.text.TextTable;
import org.sllmr.training.TrainingListener;

/** What a model reads besides the dataset. */
class ModelInputsTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static SmallShop shop;
    private static Path teacher;

    @BeforeAll
    static void makeShop() throws IOException {
        shop = SmallShop.in(shared);
        teacher = shop.teacherHoldingOut(shared.resolve("holding-out.scores"));
    }

    private static RunSettings settings(String schema) {
        return RunConfiguration.read("test", """
                model: {backbone: deepfm, embeddingDimension: 8, schema: %s}
                training: {maxEpochs: 1}
                """.formatted(schema)).on(shop.dataset(), Optional.of(teacher));
    }

    @Test
    void textsBecomeVectorsOnceAndWithTheSameBits() throws IOException {
        TrainingData data = Dataset.open(shop.dataset()).trainingData();
        ModelSettings model = settings("{text: {use: true}}").model();
        List<Long> progress = Collections.synchronizedList(new ArrayList<>());
        TrainingData first =
                ModelInputs.of(data, model, Optional.empty(), Optional.of(folder), (stage, done, total) -> {
                    assertThat(stage).isEqualTo("embedding texts");
                    assertThat(total).isEqualTo(data.catalogue().size());
                    progress.add(done);
                });
        assertThat(progress).startsWith(0L).endsWith((long) data.catalogue().size());
        assertThat(folder).isNotEmptyDirectory();
        TrainingData second = ModelInputs.of(data, model, Optional.empty(), Optional.of(folder), ProgressListener.NONE);
        VectorColumn vectors = first.catalogue().vectors().get(0);
        assertThat(vectors.name()).isEqualTo("text");
        assertThat(vectors.rows()).isEqualTo(data.catalogue().size());
        assertThat(second.catalogue().vectors().get(0).values()).isEqualTo(vectors.values());
        assertThat(first.hash()).isEqualTo(data.hash());
        assertThat(model.fields(first).fields())
                .extracting(Field::name)
                .contains("item.text", "history.text", "pair.text.product", "pair.text.cosine");
        assertThat(model.fields(first).fingerprint())
                .isNotEqualTo(settings("{}").model().fields(data).fingerprint());
    }

    @Test
    void visitsBetweenItemsAreCountedOnDemand() {
        TrainingData data = Dataset.open(shop.dataset()).trainingData();
        ModelSettings model = settings("{visits: {use: true, historyLength: 4, neighbours: 7}}")
                .model();
        TrainingData all = ModelInputs.of(data, model, Optional.empty(), Optional.empty(), ProgressListener.NONE);
        NeighbourColumn visits = all.numeric().neighbours().get(0);
        assertThat(visits.rows()).isEqualTo(data.catalogue().size());
        assertThat(visits.items()).hasSizeBetween(1, 7 * visits.rows());
        assertThat(model.fields(all).fields())
                .extracting(Field::name)
                .contains("pair.visits")
                .doesNotContain("pair.teacher");
    }

    @Test
    void augmentationsReadTextsThatAreNoFields() {
        TrainingData data = Dataset.open(shop.dataset()).trainingData();
        for (String name : List.of("kar", "llm-cf")) {
            ModelSettings model = RunConfiguration.read("test", "model: {augmentation: " + name + "}")
                    .model();
            TrainingData all =
                    ModelInputs.of(data, model, Optional.empty(), Optional.of(folder), ProgressListener.NONE);
            assertThat(model.fields(all).fields())
                    .extracting(Field::name)
                    .contains("knowledge.user", "knowledge.item", "history")
                    .doesNotContain("item.text", "history.text");
            assertThat(model.fields(all).examples().isPresent()).isEqualTo(name.equals("llm-cf"));
        }
        int items = data.catalogue().size();
        TrainingData taken = data.with(new VectorColumn("text", 2, new float[2 * items], ""));
        ModelSettings kar =
                RunConfiguration.read("test", "model: {augmentation: kar}").model();
        assertThatThrownBy(
                        () -> ModelInputs.of(taken, kar, Optional.empty(), Optional.of(folder), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("model.augmentation: makes vectors 'text'")
                .hasMessageContaining("model.augmentation.itemVectors");
    }

    private Path texts(TextKind kind, TrainingData data) throws IOException {
        TextPlan plan = switch (kind) {
            case ITEM_KNOWLEDGE -> TextPlan.ofItems(data, 1);
            case USER_KNOWLEDGE -> TextPlan.ofUsers(data, 0.5, 1);
            case CHAIN_OF_THOUGHT -> TextPlan.ofSamples(data, 0.1, 1);
        };
        Path file = folder.resolve(kind + ".texts");
        new TextTable(
                        new TextProvenance(
                                kind, "test", "m", Map.of(), data.name(), data.hash(), plan.size(), plan.size()),
                        plan.subjects(),
                        IntStream.range(0, plan.size())
                                .mapToObj(text -> kind + " " + text % 7)
                                .toList())
                .write(file);
        return file;
    }

    /** Chains of thought are vectors of the samples of the same pool, and provenance names their file without its folder. */
    @Test
    void chainsOfThoughtBecomeVectorsOfSamples() throws IOException {
        TrainingData data = Dataset.open(shop.dataset()).trainingData();
        Path chains = texts(TextKind.CHAIN_OF_THOUGHT, data);
        ModelSettings model = RunConfiguration.read(
                        "test",
                        "model: {embeddingDimension: 4, augmentation: {name: llm-cf, pool: 0.1, chainTexts: '" + chains
                                + "'}}")
                .model();
        TrainingData all = ModelInputs.of(
                data, model, Optional.empty(), Optional.of(folder.resolve("cache")), ProgressListener.NONE);
        SampleVectors vectors = all.numeric().samples().get(0);
        assertThat(vectors.origin()).startsWith("test m (").contains(" texts, SHA-256 " + Sha256.of(chains));
        Examples examples = model.fields(all).examples().orElseThrow();
        float[] chain = new float[vectors.width()];
        for (int example = 0; example < examples.size(); example++) {
            examples.chain(example, chain, 0);
            double squares = 0;
            for (float x : chain) {
                squares += x * x;
            }
            // Every sample of the pool has one, of length 1.
            assertThat(squares).isCloseTo(1, within(1e-5));
        }
        assertThat(WrittenKnowledge.sources(model))
                .containsExactly(new TextSource("chain-of-thought", "chain-of-thought.texts", Sha256.of(chains)));
        Files.delete(chains);
        assertThat(WrittenKnowledge.sources(model))
                .extracting(TextSource::fileHash)
                .containsExactly("missing");
    }

    @Test
    void writtenKnowledgeStandsInPlaceOfTheStandIns() throws IOException {
        TrainingData data = Dataset.open(shop.dataset()).trainingData();
        Path ofItems = texts(TextKind.ITEM_KNOWLEDGE, data);
        Path ofUsers = texts(TextKind.USER_KNOWLEDGE, data);
        ModelSettings model = RunConfiguration.read(
                        "test",
                        "model: {embeddingDimension: 4, augmentation: {name: kar, itemTexts: '" + ofItems
                                + "', userTexts: '" + ofUsers + "'}}")
                .model();
        assertThat(model.needTexts()).isFalse();
        TrainingData all = ModelInputs.of(
                data, model, Optional.empty(), Optional.of(folder.resolve("cache")), ProgressListener.NONE);
        FeatureSchema schema = model.fields(all);
        assertThat(schema.fields())
                .extracting(Field::name)
                .contains("knowledge.user", "knowledge.item")
                .doesNotContain("item.item-knowledge", "user.user-knowledge", "item.text");
        VectorColumn users = all.numeric().userVectors().get(0);
        assertThat(users.origin()).startsWith("test m (").contains(" texts, SHA-256 " + Sha256.of(ofUsers));
        for (int user = 0; user < data.log().users(); user++) {
            int from = (int) Math.ceil(data.log().length(user) * 0.5);
            for (int position = 0; position <= data.log().length(user); position++) {
                assertThat(users.has(user, position)).isEqualTo(position >= from);
            }
        }
        // A model reads the text of a user in rows after what it was made from alone.
        Model untrained = model.create(all, new Seed(1));
        int user = 0;
        int length = data.log().length(user);
        int[] positions = {0, (length + 1) / 2 - 1, (length + 1) / 2, length};
        float[] otherwise = users.values().clone();
        for (int d = 0; d < users.width(); d++) {
            otherwise[user * users.width() + d] += 5;
        }
        TrainingData changed = data.with(
                        all.catalogue().vectors().get(all.catalogue().vectors().size() - 1))
                .withUserVectors(
                        new VectorColumn(users.name(), users.width(), otherwise, users.origin(), users.positions()));
        Model other = model.create(changed, new Seed(1));
        for (int position : positions) {
            Instances row = new Instances(new int[] {user}, new int[] {1}, new int[] {position});
            float one = untrained.score(all.log(), row)[0];
            float two = other.score(changed.log(), row)[0];
            assertThat(one == two).as("position %d of %d", position, length).isEqualTo(position < (length + 1) / 2);
        }
        Path wrong = ofItems;
        assertThatThrownBy(() -> ModelInputs.of(
                        data,
                        RunConfiguration.read("test", "model: {augmentation: {name: kar, userTexts: '" + wrong + "'}}")
                                .model(),
                        Optional.empty(),
                        Optional.of(folder),
                        ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has texts of the kind item-knowledge, but user-knowledge is needed here");
    }

    @Test
    void aRunIsAnotherOneOnceTheTextsThatItReadAreOthers() throws Exception {
        TrainingData data = Dataset.open(shop.dataset()).trainingData();
        Path file = texts(TextKind.ITEM_KNOWLEDGE, data);
        RunSettings settings = RunConfiguration.reader()
                .assignments(List.of(
                        "model.embeddingDimension=4",
                        "model.backbone={name: deepfm, mlp: {units: [4]}}",
                        "model.augmentation={name: kar, itemTexts: '" + file + "'}",
                        "training.maxEpochs=1"))
                .read()
                .on(shop.dataset(), Optional.empty());
        Path place = folder.resolve("reading");
        RunFolder run = RunExecution.execute(settings, RunInputs.of(settings), place, TrainingListener.SILENT);
        assertThat(run.contents().provenance().texts())
                .isEqualTo(List.of(new TextSource(
                        TextKind.ITEM_KNOWLEDGE.toString(), file.getFileName().toString(), Sha256.of(file))));
        assertThat(RunExecution.execute(settings, RunInputs.of(settings), place, TrainingListener.SILENT))
                .isEqualTo(run);
        TextTable table = TextTable.read(file, TextKind.ITEM_KNOWLEDGE, data);
        new TextTable(
                        table.provenance(),
                        table.subjects(),
                        table.texts().stream().map(text -> text + ", again").toList())
                .write(file);
        assertThatThrownBy(() -> RunExecution.execute(settings, RunInputs.of(settings), place, TrainingListener.SILENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a run of other settings, data or teacher's scores;"
                        + " what differs: texts item-knowledge");
    }

    @Test
    void aVectorOfTheNameThatTextsGetIsRefusedWithTheWayOut() {
        TrainingData data = Dataset.open(shop.dataset()).trainingData();
        int items = data.catalogue().size();
        TrainingData taken = data.with(new VectorColumn("text", 2, new float[2 * items], ""));
        ModelSettings model = settings("{text: {use: true}}").model();
        assertThatThrownBy(() ->
                        ModelInputs.of(taken, model, Optional.empty(), Optional.of(folder), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("model.schema.text.use: makes vectors 'text' of the items' texts")
                .hasMessageContaining("have vectors of the name 'text' already; name that column differently")
                .hasMessageContaining("model.schema.text.use=false");
    }

    @Test
    void columnsThatTheItemsDoNotHaveAreNamed() {
        TrainingData data = Dataset.open(shop.dataset()).trainingData();
        ModelSettings model = settings("{text: {use: true, columns: [titel]}}").model();
        assertThatThrownBy(
                        () -> ModelInputs.of(data, model, Optional.empty(), Optional.of(folder), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("model.schema.text.columns")
                .hasMessageContaining("titel");
    }

    @Test
    void theModelOfAnotherRunIsRefused() throws Exception {
        RunSettings settings = settings("{}");
        RunSettings other = new RunSettings(
                settings.data(),
                settings.teacher(),
                settings.seed() + 1,
                settings.model(),
                settings.training(),
                settings.guidance());
        RunFolder run =
                RunExecution.execute(settings, RunInputs.of(settings), folder.resolve("run"), TrainingListener.SILENT);
        RunFolder another =
                RunExecution.execute(other, RunInputs.of(other), folder.resolve("other"), TrainingListener.SILENT);
        Dataset dataset = Dataset.open(shop.dataset());
        assertThat(RunEvaluation.evaluate(RunFolder.open(run.path()), dataset).test())
                .isEqualTo(run.contents().metrics().test());
        byte[] own = Files.readAllBytes(run.model());
        Files.write(run.model(), Files.readAllBytes(another.model()));
        assertThatThrownBy(() -> RunEvaluation.evaluate(RunFolder.open(run.path()), dataset))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(run.model() + ": is not the file that is listed in ")
                .hasMessageContaining("of another folder");
        Files.write(run.model(), own);
        Path list = run.path().resolve("checksums.sha256");
        Files.writeString(list, Files.readString(list).replaceAll("[0-9a-f]{64}  model\n", ""));
        assertThatThrownBy(() -> RunFolder.open(run.path())).hasMessageContaining("model: is not listed in ");
    }

    @Test
    void aRunThatReadsATeachersScoresIsEvaluatedWithThem() throws Exception {
        RunSettings settings = settings("{teacherScores: true, unknown: {share: 0.1}}");
        RunFolder run =
                RunExecution.execute(settings, RunInputs.of(settings), folder.resolve("run"), TrainingListener.SILENT);
        assertThat(run.contents().provenance().teacher()).isPresent();
        RunMetrics again = RunEvaluation.evaluate(RunFolder.open(run.path()), Dataset.open(shop.dataset()));
        assertThat(again.test()).isEqualTo(run.contents().metrics().test());
        byte[] scores = Files.readAllBytes(teacher);
        TeacherTableFile.read(teacher).shuffled(new Seed(3)).write(teacher);
        try {
            assertThatThrownBy(() -> RunEvaluation.evaluate(RunFolder.open(run.path()), Dataset.open(shop.dataset())))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll(teacher.toString(), "is not the teacher's scores", "put that file back");
        } finally {
            Files.write(teacher, scores);
        }
        RunSettings without = new RunSettings(
                settings.data(),
                Optional.empty(),
                settings.seed(),
                settings.model(),
                settings.training(),
                settings.guidance());
        assertThatThrownBy(() -> RunInputs.of(without))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("teacher");
        assertThat(Fingerprint.of(settings, RunInputs.of(settings)).entries()).containsKey("the teacher's scores");
    }
}
