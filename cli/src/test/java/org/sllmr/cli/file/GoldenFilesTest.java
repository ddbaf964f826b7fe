// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.bundle.Recommender;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Measurement;
import org.sllmr.evaluation.Metrics;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.RunFolder;
import org.sllmr.training.checkpoint.CheckpointFile;

/**
 * A small file of every version of every format, in {@code src/test/resources/golden}: no format changes unnoticed.
 *
 * <p>To change a format, increase its version, keep the files of the previous version, and write the new ones with
 * {@code -Dsllmr.golden=cli/src/test/resources/golden} as an absolute path.
 */
class GoldenFilesTest {
    /** Databases are packed, because they contain megabytes of zeros. */
    private static final String PACKED = ".packed";

    @TempDir
    Path folder;

    static List<StoredFormat> formats() {
        return StoredFormats.all().stream()
                .filter(format -> !format.name().equals("gzip"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void filesHaveTheSameBytes(StoredFormat format) throws Exception {
        Path sample = sample(format);
        Optional<String> target = Optional.ofNullable(System.getProperty("sllmr.golden"));
        if (target.isPresent()) {
            pack(sample, Path.of(target.get()).resolve(format.toString()));
            return;
        }
        if (format.exact()) {
            Map<String, byte[]> found = bytes(sample);
            Map<String, byte[]> golden = bytes(golden(format.toString()));
            assertThat(found.keySet()).isEqualTo(golden.keySet());
            found.forEach(
                    (name, content) -> assertThat(Arrays.equals(withoutBuild(content), withoutBuild(golden.get(name))))
                            .as("%s of %s: a format that changed needs another version", name, format)
                            .isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void filesAreRead(StoredFormat format) throws Exception {
        assertThat(withoutBuild(format.read(golden(format.toString()))))
                .isEqualTo(withoutBuild(format.read(sample(format))));
    }

    /** A manifest without the build that wrote it, and checksums without what depends on that. */
    private static byte[] withoutBuild(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (text.contains("  manifest.json\n") || text.contains("\"program\":\"sllmr\"")) {
            return text.replaceAll("(?m)^\\w{64}  manifest.json$", "")
                    .replaceAll("\"createdBy\":\\{[^}]*}", "")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
        return text.contains("\"createdBy\" : \"sllmr ")
                ? text.replaceAll("(?m)^  \"(createdBy|checksum)\" : .*$", "").getBytes(StandardCharsets.ISO_8859_1)
                : content;
    }

    private static String withoutBuild(String described) {
        return described.replaceAll("createdBy sllmr [^;]*;", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset | manifest.json | has format version 1, this program reads 2 to 3; prepare the dataset again",
                "teacher-table | file | has version 1 of 'sllmr teacher table', this program reads version 2; score"
                        + " again",
                "plan | file | has version 1 of 'sllmr candidate plan', this program reads version 2; plan again",
                "model | file | has no checksum: it is damaged, or another program or an earlier version wrote it",
                "checkpoint | file | an earlier version wrote it; delete it to train from the start",
                "ranked-users | file | has version 1 of 'sllmr ranked users', this program reads version 2; run",
                "run | checksums.sha256 | is missing: an earlier version wrote the folder, or it is incomplete; restore",
                "grid | grid.yaml | was written by an earlier version; start the experiment again",
                "answers | answers.duckdb | has answers of an earlier version (store format 2)"
            })
    void filesOfEarlierVersionsAreRefusedWithARemedy(String name, String file, String message) throws Exception {
        StoredFormat format = format(name);
        Path golden = golden(name + "-1");
        assertThatThrownBy(() -> format.read(golden))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void datasetsAndCheckpointsOfVersion2AreRead() throws Exception {
        Dataset read = Dataset.open(golden("dataset-2"));
        Dataset now = StoredFormats.DATASET;
        assertThat(read.manifest().formatVersion()).isEqualTo(2);
        assertThat(read.manifest().contentHash()).isEqualTo(now.manifest().contentHash());
        assertThat(read.trainingData().catalogue().numbers()).isEmpty();
        assertThat(read.trainingData().numeric()).isEqualTo(now.trainingData().numeric());
        assertThat(read.trainingData().training().instances().items())
                .isEqualTo(now.trainingData().training().instances().items());
        assertThat(new CheckpointFile(golden("checkpoint-2").resolve("file"), "identity").load())
                .hasValueSatisfying(snapshot -> {
                    Metrics metrics = snapshot.epochs().get(0).validation();
                    assertThat(metrics.auc().value()).hasValue(0.75);
                    assertThat(metrics.get(SampleMetric.AUC_NEW_ITEMS)).isEqualTo(Measurement.none());
                });
    }

    /** Those of version 1 do not say whether scores are blended: they are not. */
    @ParameterizedTest
    @CsvSource({"bundle, 1", "bundle-zip, 1", "bundle, 2", "bundle-zip, 2", "bundle, 3", "bundle-zip, 3"})
    void bundlesOfEarlierVersionsAreRead(String name, int version) throws Exception {
        StoredFormat format = format(name);
        assertThat(withoutBuild(format.read(golden(name + "-" + version))))
                .isEqualTo(withoutBuild(format.read(sample(format))));
    }

    /** Those of version 2 do not say what popularity counts for new items: none. */
    @Test
    void blendsThatDoNotKnowNewItemsAreRead() throws Exception {
        assertThat(Recommender.open(golden("bundle-of-blend-2").resolve("shop"))
                        .manifest()
                        .blend()
                        .orElseThrow()
                        .formula()
                        .newLogPopularity())
                .isEmpty();
        assertThat(RunFolder.open(golden("whole-run-4").resolve("run"))
                        .blend()
                        .orElseThrow()
                        .newLogPopularity())
                .isEmpty();
    }

    /** They do not say where a teacher was used. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "grid", "checkpoint"})
    void epochsOfVersion3AreRead(String name) throws Exception {
        StoredFormat format = format(name);
        assertThat(format.read(golden(name + "-3"))).isEqualTo(format.read(sample(format)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "grid"})
    void runsThatNameTheKernelOfOpenBlasAreRead(String name) throws Exception {
        assertThat(format(name).read(golden(name + "-2")).toString()).contains("kernels OpenBLAS, SkylakeX");
    }

    @Test
    void vectorsOfAnEarlierVersionAreEmbeddedAgain() throws Exception {
        StoredFormat format = format("vectors");
        assertThat(format.read(golden("vectors-1"))).isEqualTo(format.read(sample(format)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"answers-1", "answers-2"})
    void storesThatMayHaveShownWhatIsHeldOutAreRefused(String version) throws Exception {
        StoredFormat format = format("answers");
        Path store = golden(version);
        Files.copy(sample(format).resolve("plan"), store.resolve("plan"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> format.read(store))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("answers.duckdb: ")
                .hasMessageContaining("with a new store");
    }

    private static StoredFormat format(String name) {
        return formats().stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Path sample(StoredFormat format) throws Exception {
        Path sample = Files.createDirectories(folder.resolve(format.toString()));
        format.writer().write(sample);
        return sample;
    }

    /** A writable copy of golden files. */
    private Path golden(String name) throws IOException, URISyntaxException {
        URL resource = GoldenFilesTest.class.getResource("/golden/" + name);
        assertThat(resource).as("golden files of %s", name).isNotNull();
        Path from = Path.of(resource.toURI());
        Path to = folder.resolve("golden-" + name);
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                String place = from.relativize(path).toString();
                if (place.endsWith(PACKED)) {
                    try (InputStream packed = new GZIPInputStream(Files.newInputStream(path))) {
                        Files.copy(packed, to.resolve(place.substring(0, place.length() - PACKED.length())));
                    }
                } else {
                    Files.copy(path, to.resolve(place));
                }
            }
        }
        return to;
    }

    private static void pack(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path place = to.resolve(from.relativize(path).toString());
                Files.createDirectories(place.getParent());
                if (place.toString().endsWith(".duckdb")) {
                    try (OutputStream packed = new GZIPOutputStream(
                            Files.newOutputStream(place.resolveSibling(place.getFileName() + PACKED)))) {
                        Files.copy(path, packed);
                    }
                } else {
                    Files.write(place, Files.readAllBytes(path));
                }
            }
        }
    }

    private static Map<String, byte[]> bytes(Path folder) throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                bytes.put(folder.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return bytes;
    }
}
