// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.format.BlendSource;
import org.sllmr.bundle.format.BundleSource;
import org.sllmr.bundle.format.BundleWriter;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.bundle.format.Manifest;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Labels;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.NumericInputs;
import org.sllmr.data.Popularity;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.SourceFile;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.file.SealedText;
import org.sllmr.data.store.Contents;
import org.sllmr.data.store.Dataset;
import org.sllmr.data.store.DatasetOrigin;
import org.sllmr.data.store.DatasetWriter;
import org.sllmr.data.store.Negatives;
import org.sllmr.data.store.StoredParts;
import org.sllmr.embedding.EmbeddingCache;
import org.sllmr.embedding.TextEncoder;
import org.sllmr.evaluation.Measurement;
import org.sllmr.evaluation.Metrics;
import org.sllmr.evaluation.ranking.TieGroup;
import org.sllmr.evaluation.ranking.UserRanking;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import org.sllmr.llm.question.QuestionSettings;
import org.sllmr.llm.request.Request;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.request.ScoreRequests;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.Attempt;
import org.sllmr.llm.store.RunRecord;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.model.Backbones;
import org.sllmr.model.Model;
import org.sllmr.model.ModelFile;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.TrainingState;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.preparation.read.TableFormat;
import org.sllmr.preparation.read.TableRows;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunFixture;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.execution.GridFolder;
import org.sllmr.runs.grid.GridOutline;
import org.sllmr.runs.ranking.RankedUsers;
import org.sllmr.runs.tune.SearchSample;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.blend.BlendFormula;
import org.sllmr.teacher.blend.PairTeacher;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.CandidateSource;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextPlan;
import org.sllmr.teacher.text.TextProvenance;
import org.sllmr.teacher.text.TextSubjects;
import org.sllmr.teacher.text.TextTable;
import org.sllmr.teacher.vector.CosineScale;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;
import org.sllmr.teacher.vector.NearestItems;
import org.sllmr.teacher.vector.ScanFile;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.Snapshot;
import org.sllmr.training.checkpoint.CheckpointFile;
import org.sllmr.training.guidance.GuidanceReport;

/** All stored formats, and compressed text inputs. */
final class StoredFormats {
    private static final int USERS = 5;
    private static final int ITEMS = 9;
    private static final String FILE = "file";

    private static final PlanSettings PLANNING = new PlanSettings(
            new PlanSettings.Nearest(1, 2, 0, 0.5),
            new PlanSettings.Popular(1, 2),
            new PlanSettings.ColdStart(1, 2, 3),
            new PlanSettings.LongTail(0.5, 2),
            3,
            new PlanSettings.HeldOut(0.1, 4));

    /** A dataset as version 2 has it. */
    static final Dataset DATASET = dataset(List.of(), List.of(), NumericInputs.NONE);

    private static final Dataset NUMERIC = dataset(
            List.of(new NumberColumn("price", new float[] {1, 2, Float.NaN, 4, 5, 6, 7, -8, 0.5f})),
            List.of(new VectorColumn("image", 2, new float[2 * ITEMS], "")),
            new NumericInputs(
                    List.of(new NumberColumn("age", new float[] {1, 2, 3, 4, Float.NaN})),
                    List.of(new VectorColumn("taste", 1, new float[] {1, 2, 3, 4, 5}, "")),
                    List.of(new NumberColumn("hour", new float[4 * USERS])),
                    List.of()));

    private StoredFormats() {}

    static List<StoredFormat> all() {
        List<StoredFormat> formats = new ArrayList<>();
        formats.add(new StoredFormat(
                "dataset", 3, folder -> DatasetWriter.write(NUMERIC, folder, true), StoredFormats::readDataset, true));
        formats.add(new StoredFormat(
                "labelled-dataset",
                3,
                folder -> DatasetWriter.write(labelled(), folder, true),
                StoredFormats::readDataset,
                true));
        formats.add(new StoredFormat(
                "dataset-of-folds",
                3,
                folder -> DatasetWriter.write(folds(), folder, true),
                StoredFormats::readDataset,
                true));
        formats.add(new StoredFormat(
                "teacher-table",
                2,
                folder -> teacher().write(folder.resolve(FILE)),
                folder -> TeacherTableFile.read(folder.resolve(FILE)),
                true));
        formats.add(new StoredFormat(
                "plan",
                2,
                folder -> plan().write(folder.resolve(FILE)),
                folder -> CandidatePlan.read(folder.resolve(FILE)),
                true));
        formats.add(new StoredFormat(
                "text-plan",
                1,
                folder -> textPlan().write(folder.resolve(FILE)),
                folder -> TextPlan.read(folder.resolve(FILE)),
                true));
        formats.add(new StoredFormat(
                "texts",
                1,
                folder -> texts().write(folder.resolve(FILE)),
                folder -> TextTable.read(folder.resolve(FILE)),
                true));
        formats.add(new StoredFormat(
                "nearest-items",
                1,
                folder -> nearest(folder, Thread.currentThread()::interrupt),
                folder -> nearest(folder, () -> {}),
                true));
        formats.add(new StoredFormat("model", 2, StoredFormats::writeModel, StoredFormats::readModel, true));
        formats.add(new StoredFormat(
                "checkpoint",
                4,
                folder -> new CheckpointFile(folder.resolve(FILE), "identity").save(snapshot()),
                folder -> new CheckpointFile(folder.resolve(FILE), "identity").load(),
                true));
        formats.add(new StoredFormat(
                "ranked-users",
                2,
                folder -> ranked().write(folder.resolve(FILE)),
                folder -> RankedUsers.read(folder.resolve(FILE)),
                true));
        formats.add(new StoredFormat(
                "run",
                4,
                folder -> writeRun(folder.resolve("run")),
                folder -> RunFolder.open(folder.resolve("run")).contents(),
                true));
        formats.add(new StoredFormat(
                "whole-run",
                5,
                folder -> RunFixture.writeWhole(
                        folder.resolve("run"), file -> Files.writeString(file, "a model, which is read by itself")),
                folder -> RunFixture.readWhole(folder.resolve("run")),
                true));
        formats.add(new StoredFormat(
                "bundle",
                4,
                folder -> writeBundle(folder.resolve("shop"), false, Optional.empty()),
                folder -> readBundle(folder.resolve("shop")),
                true));
        formats.add(new StoredFormat(
                "bundle-zip",
                4,
                folder -> writeBundle(folder.resolve("shop.zip"), true, Optional.empty()),
                folder -> readBundle(folder.resolve("shop.zip")),
                false));
        formats.add(new StoredFormat(
                "bundle-of-blend",
                4,
                folder -> writeBundle(folder.resolve("shop"), false, Optional.of(blend())),
                folder -> readBundle(folder.resolve("shop")),
                true));
        formats.add(new StoredFormat(
                "bundle-of-visits",
                4,
                folder -> writeBundleOfVisits(folder.resolve("shop")),
                folder -> readBundle(folder.resolve("shop")),
                true));
        formats.add(new StoredFormat("grid", 4, StoredFormats::writeGrid, StoredFormats::readGrid, true));
        formats.add(new StoredFormat(
                "grid-of-places", 4, StoredFormats::writeGridOfPlaces, StoredFormats::readGridOfPlaces, true));
        formats.add(new StoredFormat("search", 2, SearchSample::write, SearchSample::read, true));
        formats.add(new StoredFormat("vectors", 3, StoredFormats::embed, StoredFormats::embed, true));
        formats.add(new StoredFormat("answers", 3, StoredFormats::writeAnswers, StoredFormats::readAnswers, false));
        formats.add(new StoredFormat("gzip", 1, StoredFormats::writeGzip, StoredFormats::readGzip, false));
        return formats;
    }

    private static Object readDataset(Path folder) {
        Dataset read = Dataset.open(folder);
        return List.of(read.manifest(), read.trainingData(), read.testData());
    }

    /** Impressions with labels and contexts, divided by time. */
    private static Dataset labelled() {
        int[] log = {0, 1, 2};
        int[] lengths = {1, 0};
        return Dataset.of(
                new Contents(
                        InteractionLog.of(new int[] {0, 2, 3}, log, new long[] {10, 20, 30}),
                        new Catalogue(named("item", 3), List.of(), List.of()),
                        named("user", 2),
                        List.of(),
                        List.of(Column.single("place", named("place", 2), new int[] {0, 1, 0, 1, 1, 0})),
                        new StoredParts(
                                "time",
                                impression(0, 0, new int[] {0, 1}, new int[] {0, 1}),
                                impression(0, 1, new int[] {1, 2}, new int[] {2, 3}),
                                impression(1, 0, new int[] {2, 0}, new int[] {4, 5}),
                                Optional.empty(),
                                lengths,
                                new int[] {2, 0},
                                new int[] {0, 2, 4}),
                        NumericInputs.NONE),
                new DatasetOrigin("labelled", 7, List.of(new SourceFile("log.csv", 12, "ab")), Map.of("core", 0)));
    }

    /** A user to train on with drawn negatives, and three with judged items, one for each other purpose. */
    private static Dataset folds() {
        return Dataset.of(
                new Contents(
                        InteractionLog.of(
                                new int[] {0, 2, 3, 4, 5}, new int[] {0, 1, 2, 1, 0}, new long[] {10, 20, 30, 40, 50}),
                        new Catalogue(named("item", 3), List.of(), List.of()),
                        named("user", 4),
                        List.of(),
                        List.of(),
                        new StoredParts(
                                StoredParts.FOLDS,
                                new Samples(new Instances(new int[] {0, 0}, new int[] {1, 2}, new int[] {1, 1}), 1),
                                judged(1),
                                judged(2),
                                Optional.of(judged(3)),
                                new int[] {2, 1, 1, 1},
                                new int[] {2, 1, 1, 1},
                                new int[0]),
                        NumericInputs.NONE),
                new DatasetOrigin("folds", 7, List.of(new SourceFile("log.csv", 12, "ab")), Map.of("core", 0)));
    }

    private static Samples judged(int user) {
        return new Samples(
                new Instances(new int[] {user, user}, new int[] {2, 0}, new int[] {1, 1}),
                new Labels.Given(new byte[] {1, 0}, new int[] {0, 2}));
    }

    private static Samples impression(int user, int position, int[] items, int[] contexts) {
        return new Samples(
                new Instances(new int[] {user, user}, items, new int[] {position, position}, contexts),
                new Labels.Given(new byte[] {1, 0}, new int[] {0, 2}));
    }

    private static Dataset dataset(
            List<NumberColumn> itemNumbers, List<VectorColumn> itemVectors, NumericInputs numeric) {
        int[] offsets = IntStream.rangeClosed(0, USERS).map(user -> 4 * user).toArray();
        int[] items =
                IntStream.range(0, 4 * USERS).map(index -> index * 5 % ITEMS).toArray();
        long[] times = IntStream.range(0, items.length)
                .mapToLong(index -> 1_000_000_000L + index)
                .toArray();
        Vocabulary brands = new Vocabulary(List.of("Ä", "B"));
        Column brand = Column.single(
                "brand", brands, IntStream.range(0, ITEMS).map(item -> item % 2).toArray());
        List<String> titles =
                IntStream.range(0, ITEMS).mapToObj(item -> "title " + item).toList();
        return Dataset.of(
                new Contents(
                        InteractionLog.of(offsets, items, times),
                        new Catalogue(
                                named("item", ITEMS),
                                List.of(brand),
                                List.of(new Catalogue.TextColumn("title", titles)),
                                itemNumbers,
                                itemVectors),
                        named("user", USERS),
                        List.of(),
                        List.of(),
                        new Negatives(1, new int[USERS], new int[USERS], new int[USERS]),
                        numeric),
                new DatasetOrigin("sample", 7, List.of(new SourceFile("log.csv", 12, "ab")), Map.of("core", 5)));
    }

    private static Vocabulary named(String what, int count) {
        return new Vocabulary(
                IntStream.range(0, count).mapToObj(index -> what + index).toList());
    }

    private static CandidatePlan plan() {
        byte[] sources = new byte[6];
        sources[2] = CandidateSource.HELD_OUT.code();
        return new CandidatePlan(
                new CandidatePlan.Origin("sample", "hash", 7, PLANNING),
                new int[] {0, 2, 4, 4, 5, 6},
                new int[] {1, 2, 0, 8, 3, 7},
                sources);
    }

    /**
     * Finds the nearest items from the state in a folder, if there is one that can be used.
     *
     * @param afterTile what to do when the only tile has been compared
     * @return those found, or nothing if the search was stopped
     * @throws InvalidInputException if the state was refused; the command would only say so
     */
    private static Object nearest(Path folder, Runnable afterTile) {
        float[] vectors = new float[2 * ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            vectors[2 * item] = item / 10f;
            vectors[2 * item + 1] = 1 - item / 10f;
        }
        boolean[] present = new boolean[ITEMS];
        Arrays.fill(present, true);
        ScanFile file = ScanFile.beside(folder.resolve(FILE)).of("sample");
        try (Blocks blocks = new Blocks(1)) {
            return NearestItems.find(
                    new Embeddings(2, present, vectors),
                    EmbeddingTeacherSettings.defaults(),
                    DATASET.trainingData().log(),
                    new float[ITEMS],
                    3,
                    blocks,
                    new ProgressListener() {
                        @Override
                        public void progressed(String stage, long done, long total) {
                            afterTile.run();
                        }

                        @Override
                        public void noted(String note) {
                            if (note.contains("starts from the beginning")) {
                                throw new InvalidInputException(String.valueOf(file.file()), note);
                            }
                        }
                    },
                    file);
        } catch (InterruptedException stopped) {
            return List.of();
        }
    }

    private static TeacherTableFile teacher() {
        CandidatePlan plan = plan();
        return new TeacherTableFile(
                new org.sllmr.teacher.ScoreProvenance(
                        "teacher",
                        "model",
                        Map.of("key", "value"),
                        "sample",
                        "hash",
                        7,
                        Map.of("RANDOM", 6),
                        Map.of("RANDOM", 6),
                        6,
                        6,
                        4,
                        6),
                new TeacherTable(
                        plan.offsets(), plan.items(), new float[] {0, 0.25f, 0.5f, 0.75f, 1, 0.1f}, plan.heldOut()));
    }

    private static TextPlan textPlan() {
        return new TextPlan(
                new TextPlan.Origin(TextKind.CHAIN_OF_THOUGHT, "sample", "hash", 7, 0.1),
                new TextSubjects(new int[] {0, 0, 3}, new int[] {1, 1, 8}, new int[] {2, 2, 1}, new byte[] {0, 1, 1}));
    }

    private static TextTable texts() {
        return new TextTable(
                new TextProvenance(
                        TextKind.CHAIN_OF_THOUGHT, "teacher", "model", Map.of("key", "value"), "sample", "hash", 4, 3),
                textPlan().subjects(),
                List.of("Because.", "Weil Ä.", "A longer text."));
    }

    private static Model model() {
        ModelSettings defaults = ModelSettings.defaults();
        return new ModelSettings(
                        defaults.schema(),
                        3,
                        defaults.initialization(),
                        defaults.linearInitialization(),
                        Backbones.named("mf").defaults(),
                        defaults.optimizer())
                .create(DATASET.trainingData(), new Seed(1));
    }

    private static void writeModel(Path folder) throws IOException {
        Model model = model();
        ModelFile.write(folder.resolve(FILE), model, Map.of("dataset", "sample"));
    }

    private static Object readModel(Path folder) throws IOException {
        Model model = model();
        Map<String, String> metadata = ModelFile.read(folder.resolve(FILE), model);
        return List.of(metadata, model.weights().blocks());
    }

    /** Two directions of texts, and items without one. */
    private static BlendSource blend() {
        float[] values = new float[2 * ITEMS];
        boolean[] present = new boolean[ITEMS];
        for (int item = 1; item < ITEMS; item++) {
            present[item] = true;
            values[2 * item + item % 2] = 1;
        }
        return new BlendSource(
                "embedding",
                new BlendFormula(List.of(1.5, 0.25, -0.125, 2.0, 0.1), -0.3, 0.5, 0.75, Optional.of(1.25)),
                new PairTeacher.Vectors(new EmbeddingTeacher(
                        new Embeddings(2, present, values),
                        "model",
                        new EmbeddingTeacherSettings(List.of(), 3, 2, CosineScale.CLIPPED))),
                "encoder model of title");
    }

    private static void writeBundle(Path place, boolean zip, Optional<BlendSource> blend) {
        writeBundle(place, zip, blend, DATASET.trainingData(), model());
    }

    /** Of a model that reads which items are visited. */
    private static void writeBundleOfVisits(Path place) {
        NeighbourColumn visits = new NeighbourColumn(
                "visits", new int[] {0, 2, 2, 3, 3, 3, 3, 3, 3, 4}, new int[] {1, 4, 0, 7}, new float[] {
                    0.5f, 0.25f, 1, 0.125f
                });
        TrainingData data = DATASET.trainingData().with(visits);
        ModelSettings settings = RunConfiguration.read("test", """
                model:
                  backbone: {name: dcnv2, crossLayers: 1, mlp: {units: [3]}}
                  embeddingDimension: 2
                  schema: {fields: [item, history, pair.visits], historyLength: 3, visits: {use: true}}
                """).model();
        writeBundle(place, false, Optional.empty(), data, settings.create(data, new Seed(1)));
    }

    private static void writeBundle(
            Path place, boolean zip, Optional<BlendSource> blend, TrainingData data, Model model) {
        BundleWriter.write(
                place,
                new BundleSource(
                        "shop",
                        new Manifest.RunOrigin("ab", 3, data.name(), data.hash(), "MF", "none", "then"),
                        data,
                        model,
                        DATASET.allInteractions(),
                        Popularity.of(data),
                        HistoryForm.PLAIN,
                        blend),
                zip);
    }

    /** All but the program that wrote it, and hashes of what names that. */
    private static Object readBundle(Path place) {
        Recommender bundle = Recommender.open(place);
        Manifest manifest = bundle.manifest();
        List<Object> content = new ArrayList<>(List.of(
                manifest.name(),
                manifest.run(),
                manifest.items(),
                manifest.users(),
                manifest.histories(),
                manifest.salt(),
                manifest.columns(),
                manifest.blend(),
                bundle.catalogue()));
        for (String user : bundle.users()) {
            List<String> history = bundle.history(user);
            content.add(history);
            content.add(bundle.recommend(org.sllmr.bundle.Request.ofHistory(history)
                            .withUser(user)
                            .withK(ITEMS))
                    .items());
        }
        return content;
    }

    private static Snapshot snapshot() {
        List<float[]> blocks = IntStream.range(0, 8)
                .mapToObj(block -> new float[] {block, block + 0.5f, -block})
                .toList();
        Measurement metric = new Measurement(OptionalDouble.of(0.75), 10, 5);
        Metrics metrics = new Metrics(
                metric, metric, metric, metric, metric, metric, metric, metric, metric, metric, metric, metric, metric,
                metric, metric, metric, metric);
        return new Snapshot(
                new TrainingState(blocks, 12, 0.01),
                blocks.subList(0, 3),
                new double[] {0.1, 0.2},
                List.of(new EpochRecord(1, 0.5, 0.25, 0.01, metrics, GuidanceReport.NONE, true, 1, 2, 3)));
    }

    private static RankedUsers ranked() {
        return new RankedUsers(
                new RankedUsers.Header("test", "hash", "configuration"),
                new int[] {0, 2, 3},
                List.of(
                        new UserRanking(9, List.of(new TieGroup(0, 1, 1))),
                        new UserRanking(8, List.of(new TieGroup(2, 3, 1))),
                        new UserRanking(9, List.of(new TieGroup(4, 1, 1), new TieGroup(6, 1, 1)))));
    }

    private static void writeRun(Path folder) {
        RunFolder.write(
                folder,
                RunFixture.contents(
                        "seed: 3\n", "sample", 3, RunFixture.metrics(0.75, Double.NaN, 0.7, 0.6, 0.5), 2, true),
                file -> Files.writeString(file, "a model, which is read by itself"));
    }

    private static GridOutline outline() {
        return new GridOutline(
                "sample",
                Map.of("data", "Data"),
                Map.of("mf", "MF"),
                Map.of("none", "None"),
                List.of(3L, 4L),
                "none",
                Optional.empty());
    }

    private static void writeGrid(Path folder) throws IOException {
        SealedText.YAML.write(folder.resolve("grid.yaml"), outline().write());
        Path cell = folder.resolve("runs/data/mf/none");
        writeRun(cell.resolve("seed-3"));
        SealedText.JSON.write(
                cell.resolve("seed-4.failed.json"),
                "{\"message\":\"diverged\",\"repeatable\":true,\"configurationHash\":\"ab\"}");
    }

    private static Object readGrid(Path folder) {
        GridFolder grid = new GridFolder(folder);
        GridOutline outline = grid.outline();
        return List.of(outline, grid.outcomes(outline));
    }

    /** A grid that is known by something, whose run says where it was made. */
    private static void writeGridOfPlaces(Path folder) throws IOException {
        RunFixture.identifyGrid(folder.resolve("runs"));
        writeGrid(folder);
    }

    private static Object readGridOfPlaces(Path folder) throws IOException {
        return List.of(readGrid(folder), RunFixture.place(folder.resolve("runs/data/mf/none/seed-3")));
    }

    /** Reading a cache means to ask it for vectors; damaged ones are embedded again. */
    private static Object embed(Path folder) throws IOException, InterruptedException {
        List<String> texts =
                IntStream.range(0, 600).mapToObj(text -> "text " + text).toList();
        try (Blocks blocks = new Blocks(1)) {
            return new EmbeddingCache(folder)
                    .embed(texts, new Letters(), blocks, ProgressListener.NONE)
                    .values();
        }
    }

    private static final class Letters implements TextEncoder {
        @Override
        public String hash() {
            return "letters";
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public void encode(String text, float[] target, int at) {
            target[at] = text.hashCode();
            target[at + 1] = text.length();
        }

        @Override
        public void close() {}
    }

    /** A model that has a name but is never asked. */
    private record SilentModel() implements LanguageModel {
        @Override
        public String provider() {
            return "test";
        }

        @Override
        public String model() {
            return "m";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("temperature", "0");
        }

        @Override
        public String address() {
            return "http://localhost:1";
        }

        @Override
        public TokenCount tokens(String text) {
            return new TokenCount(text.length(), false);
        }

        @Override
        public Reply reply(Prompt prompt, Duration timeout) {
            throw new IllegalStateException("is not asked");
        }

        @Override
        public void close() {}
    }

    /** A store as left by a killed run, with answers in the database and in a journal. */
    private static void writeAnswers(Path folder) throws IOException {
        CandidatePlan plan = plan();
        TrainingData data = DATASET.trainingData();
        Requests requests = new ScoreRequests(
                plan.histories(data.log()), QuestionSettings.defaults().form(data.catalogue()), new SilentModel(), 1);
        RunRecord run = new RunRecord(
                Instant.EPOCH,
                requests.origin(),
                "http://localhost:1",
                1,
                requests.size(),
                1,
                2,
                Optional.of(3.0),
                Map.of("responseFormat", "json-object"));
        Path open = Files.createDirectory(folder.resolveSibling(folder.getFileName() + ".open"));
        try (AnswerStore store = AnswerStore.open(open, plan::write, run)) {
            store.add(answered(requests.request(0)));
            store.add(answered(requests.request(1)));
        }
        try (AnswerStore store = AnswerStore.open(open, plan::write, run)) {
            for (int index = 2; index < requests.size(); index++) {
                store.add(answered(requests.request(index)));
            }
            store.force();
            try (Stream<Path> files = Files.list(open)) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
    }

    private static Attempt answered(Request request) {
        float[] scores = new float[request.candidates().length];
        for (int place = 0; place < scores.length; place++) {
            scores[place] = request.candidates()[place] / 10f;
        }
        return new Attempt(
                request,
                1,
                Instant.ofEpochSecond(1_700_000_000),
                Duration.ofMillis(12),
                0.5,
                new Attempt.Answered(new Reply("a reply", Reply.Finish.COMPLETE, 7, 8, List.of()), scores));
    }

    private static Object readAnswers(Path folder) throws IOException {
        try (StoreReader store = StoreReader.open(folder)) {
            List<Object> content = new ArrayList<>(List.of(store.plan(), store.runs()));
            store.forEachAnswered((RequestKey key) -> content.add(key));
            store.forEachScore((user, item, pass, score) -> content.add(List.of(user, item, pass, score)));
            return content;
        }
    }

    private static void writeGzip(Path folder) throws IOException {
        StringBuilder csv = new StringBuilder("a,b\n");
        StringBuilder json = new StringBuilder();
        for (int row = 0; row < 300; row++) {
            csv.append(row).append(',').append(row * 7919 % 1009).append('\n');
            json.append("{\"a\": ")
                    .append(row)
                    .append(", \"b\": \"")
                    .append(row * 7919 % 1009)
                    .append("\"}\n");
        }
        writeGzip(folder.resolve("rows.csv.gz"), csv.toString());
        writeGzip(folder.resolve("rows.jsonl.gz"), json.toString());
        writeGzip(folder.resolve("rows.py.gz"), json.toString());
    }

    private static void writeGzip(Path file, String text) throws IOException {
        try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(file))) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Object readGzip(Path folder) {
        List<Object> rows = new ArrayList<>();
        for (TableFile file : List.of(
                TableFile.of(folder.resolve("rows.csv.gz")),
                TableFile.of(folder.resolve("rows.jsonl.gz")),
                TableFile.of(folder.resolve("rows.py.gz"), TableFormat.PYTHON_LINES))) {
            TableRows.open(file).forEach(List.of("a", "b"), ProgressListener.NONE, rows::add);
        }
        return rows;
    }
}
