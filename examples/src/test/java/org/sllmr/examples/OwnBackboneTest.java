// SPDX-License-Identifier: Apache-2.0
package org.sllmr.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.data.Instances;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.store.Dataset;
import org.sllmr.model.CatalogueScorer;
import org.sllmr.model.Model;
import org.sllmr.model.ModelFile;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.ObviousLayers;
import org.sllmr.model.ObviousScorer;
import org.sllmr.model.RandomWorld;
import org.sllmr.model.TrainableModel;
import org.sllmr.model.file.Safetensors;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.onnx.OnnxFile;
import org.sllmr.runs.NamedConfigurations;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.runs.export.RunExport;
import org.sllmr.training.TrainingListener;

/** The backbone of docs/how-to/add-a-backbone.md, in a jar that this project's do not know. */
class OwnBackboneTest {
    private static final Page PAGE = new Page("add-a-backbone.md");

    @TempDir
    private Path folder;

    @Test
    void thePageShowsTheCompiledClasses() throws IOException {
        PAGE.shows(NeuralFactorizationMachine.class, "package ");
        PAGE.shows(MyBackbones.class, "import ");
    }

    @Test
    void itTrainsScoresAndRanksAsItsPaperSays() throws IOException {
        RandomWorld world = new RandomWorld(5, 30, 40, 8);
        NeuralFactorizationMachine backbone = new NeuralFactorizationMachine(
                MlpSettings.defaults().withUnits(List.of(7)).withBatchNorm(true));
        ModelSettings defaults = ModelSettings.defaults();
        ModelSettings settings = new ModelSettings(
                defaults.schema(),
                6,
                defaults.initialization(),
                defaults.linearInitialization(),
                backbone,
                defaults.optimizer());
        Model model = settings.create(world.data, new Seed(1));
        Instances rows = world.instances(world.data.log(), 20, true);
        for (int step = 0; step < 5; step++) {
            TrainableModel.Batch batch = model.prepare(world.data.log(), rows, 20);
            float[] gradient = new float[model.forward(batch).length];
            gradient[step] = 1;
            model.backward(batch, gradient);
        }
        Path file = folder.resolve("model.safetensors");
        ModelFile.write(file, model, Map.of());
        ObviousScorer obvious = new ObviousScorer(
                world.data,
                settings,
                Safetensors.read(file, ""),
                (layers, fields) -> definition(layers, fields, backbone.mlp()));
        float[] scores = model.score(world.data.log(), rows);
        for (int row = 0; row < scores.length; row++) {
            float[] all = ranked(model, world, rows.users()[row], rows.positions()[row]);
            double expected =
                    obvious.score(world.data.log(), rows.users()[row], rows.items()[row], rows.positions()[row]);
            assertThat((double) scores[row]).isCloseTo(expected, within(1e-5 + 1e-5 * Math.abs(expected)));
            assertThat((double) all[rows.items()[row]]).isCloseTo(expected, within(2e-5 + 2e-5 * Math.abs(expected)));
        }
    }

    /** Products of all pairs of fields, summed, and a perceptron over the sum. */
    private static double definition(ObviousLayers layers, List<double[]> fields, MlpSettings mlp) {
        double[] products = new double[fields.get(0).length];
        for (int i = 0; i < fields.size(); i++) {
            for (int j = i + 1; j < fields.size(); j++) {
                for (int d = 0; d < products.length; d++) {
                    products[d] += fields.get(i)[d] * fields.get(j)[d];
                }
            }
        }
        return layers.linear("output", layers.mlp("mlp", products, mlp))[0];
    }

    private static float[] ranked(Model model, RandomWorld world, int user, int position) {
        float[] all = new float[world.items];
        model.catalogueScorer(world.items)
                .score(
                        world.data.log(),
                        new int[] {user},
                        new int[] {position},
                        new int[1][0],
                        new CatalogueScorer.Receiver() {
                            @Override
                            public void asked(int row, float[] scores) {}

                            @Override
                            public void scores(int row, int first, float[] scores, int count) {
                                System.arraycopy(scores, 0, all, first, count);
                            }
                        },
                        ProgressListener.NONE);
        return all;
    }

    /** Found by its name; the bundle and its ONNX file score alike. */
    @Test
    void itIsExportedLikeAnyOther() throws Exception {
        SmallShop shop = SmallShop.in(folder, 60);
        RunSettings settings = NamedConfigurations.reader("recommended/dcnv2")
                .assignments(List.of("model.backbone=nfm", "training.maxEpochs=1"))
                .read()
                .on(shop.dataset(), Optional.empty());
        RunFolder run =
                RunExecution.execute(settings, RunInputs.of(settings), folder.resolve("run"), TrainingListener.SILENT);
        Dataset dataset = Dataset.open(shop.dataset());
        Path bundle = folder.resolve("bundle");
        RunExport.run(run, dataset, "nfm", HistoryForm.PLAIN, bundle, false, true);
        Recommender recommender = Recommender.open(bundle);
        assertThat(recommender.manifest().run().backbone()).isEqualTo("NFM");
        int user = 7;
        List<String> items = recommender.catalogue().ids().values();
        List<Recommendations.Item> scored = recommender
                .score(Request.ofUser(dataset.trainingData().userIds().value(user))
                        .withCandidates(items))
                .items();
        long[] history = recommender.history(dataset.trainingData().userIds().value(user)).stream()
                .mapToLong(id -> items.indexOf(id))
                .toArray();
        float[] found = inOnnxRuntime(bundle.resolve(OnnxFile.MODEL), user, history, items.size());
        for (int item = 0; item < found.length; item++) {
            assertThat((double) found[item])
                    .isCloseTo(scored.get(item).score(), within(1e-5 * Math.max(1, Math.abs(found[item]))));
        }
    }

    private static float[] inOnnxRuntime(Path model, int user, long[] history, int items) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] users = new long[items];
        Arrays.fill(users, user);
        long[] lengths = new long[items];
        Arrays.fill(lengths, history.length);
        long[][] histories = IntStream.range(0, items).mapToObj(item -> history).toArray(long[][]::new);
        try (OrtSession session = environment.createSession(model.toString());
                OnnxTensor userTensor = OnnxTensor.createTensor(environment, users);
                OnnxTensor itemTensor = OnnxTensor.createTensor(
                        environment, LongStream.range(0, items).toArray());
                OnnxTensor historyTensor = OnnxTensor.createTensor(environment, histories);
                OnnxTensor lengthTensor = OnnxTensor.createTensor(environment, lengths);
                OrtSession.Result result = session.run(Map.of(
                        "user", userTensor,
                        "item", itemTensor,
                        "history", historyTensor,
                        "history_length", lengthTensor))) {
            return (float[]) result.get("score").orElseThrow().getValue();
        }
    }

    /** The program, whose own class path has the examples only as a jar. */
    @Test
    @Timeout(900)
    void theCommandLineFindsItInAJarOnTheClassPath() throws Exception {
        SmallShop shop = SmallShop.in(folder, 60);
        Path classes = Path.of("target", "classes").toAbsolutePath();
        Path jar = jar(classes);
        String classPath = Stream.concat(
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry ->
                                        !Path.of(entry).toAbsolutePath().equals(classes)),
                        Stream.of(jar.toString()))
                .collect(Collectors.joining(File.pathSeparator));
        String run = folder.resolve("run").toString();
        sllmr(
                classPath,
                "train",
                "--data",
                shop.dataset().toString(),
                "--set",
                "model.backbone=nfm",
                "--set",
                "training.maxEpochs=1",
                "--out",
                run);
        sllmr(classPath, "evaluate", run, "--full-ranking");
    }

    private static Path jar(Path classes) throws IOException {
        Path jar = Files.createTempFile("my-backbones", ".jar");
        jar.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                packed.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, packed);
            }
        }
        return jar;
    }

    private void sllmr(String classPath, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                "org.sllmr.cli.Main"));
        command.addAll(List.of(arguments));
        Path messages = folder.resolve("messages");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(messages)).isZero();
    }
}
