// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.FolderChecksums;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunFolderTest {
    private static final ModelWriter MODEL = file -> Files.writeString(file, "weights");

    @TempDir
    Path folder;

    private static RunContents contents(boolean gate) {
        SplitMetrics test = RunFixture.metrics(0.7853, Double.NaN, 0.71, 0.64, 0.5512);
        return RunFixture.contents("backbone: DeepFM\n", "demo \"shop\"", -7, test, 6, gate);
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        for (boolean gate : new boolean[] {false, true}) {
            Path place = folder.resolve("deep/down/run-" + gate);
            RunFolder written = RunFolder.write(place, contents(gate), MODEL);
            RunFolder read = RunFolder.open(place);
            assertThat(read).isEqualTo(written);
            assertThat(read.model()).hasContent("weights");
            assertThat(read.contents().epochs().get(0).guidance().isPresent()).isEqualTo(gate);
            if (gate) {
                assertThat(read.contents().guidance())
                        .extracting(GuidanceEpoch::epoch)
                        .containsExactly(1, 2, 3, 4, 5, 6);
                assertThat(read.contents().guidance().get(0).weights().keySet())
                        .containsExactly("cold", "tail", "uncertainty", "bias");
                assertThat(Files.readString(read.path().resolve("epochs.jsonl")))
                        .contains(
                                "\"guidance\":{\"gateWeights\":{\"cold\":",
                                "\"meanGateByRegion\":{\"cold user," + " tail item\":");
            }
        }
    }

    @Test
    void aRunThatDidNotRecordItsTeacherIsStillRead() throws IOException {
        Path place = folder.resolve("run");
        RunFolder.write(place, contents(true), MODEL);
        Path file = place.resolve("provenance.json");
        String written = Files.readString(file);
        assertThat(written)
                .contains("\"file\" : \"x.scores\"", "\"fileHash\" : \"0a1b\"", "\"teacher\" : \"embedding\"");
        String before = written.replaceFirst("(?s)\"teacher\" : \\{.*?},\\s*", "");
        assertThat(before).doesNotContain("teacher").contains("dataHash", "commit");
        Files.writeString(file, before);
        updateChecksums(place);
        assertThat(RunFolder.open(place).contents().provenance().teacher()).isEmpty();
        Files.writeString(file, before.replace("dataHash", "dataHush"));
        updateChecksums(place);
        assertThatThrownBy(() -> RunFolder.open(place)).hasMessageContaining("dataHash");
    }

    @Test
    void metricsArePlainNumbersUnderTheirNames() throws IOException {
        Path place = folder.resolve("run");
        RunFolder.write(place, contents(true), MODEL);
        JsonNode metrics = new JsonMapper().readTree(Files.readString(place.resolve("metrics.json")));
        assertThat(metrics.propertyNames()).containsExactly("validation", "test", "bestEpoch", "epochs");
        for (String split : List.of("validation", "test")) {
            assertThat(metrics.path(split).propertyNames())
                    .containsExactly("auc", "logLoss", "aucCold", "aucLongTail", "aucLongTailPairs", "counts");
        }
        assertThat(metrics.path("test").path("auc").doubleValue()).isEqualTo(0.7853);
        assertThat(metrics.path("test").path("aucCold").isNull()).isTrue();
        assertThat(metrics.path("test")
                        .path("counts")
                        .path("aucCold")
                        .path("samples")
                        .intValue())
                .isEqualTo(2100);
        assertThat(Files.readString(place.resolve("metrics.json"))).doesNotContainIgnoringCase("seconds");
        assertThat(Files.readAllLines(place.resolve("epochs.jsonl"))).hasSize(6);
    }

    @Test
    void sameResultsGiveTheSameBytesAtAnyTime() throws IOException {
        RunFolder.write(folder.resolve("one"), contents(true), MODEL);
        RunFolder.write(folder.resolve("two"), contents(true), MODEL);
        assertThat(folder.resolve("one/metrics.json")).hasSameBinaryContentAs(folder.resolve("two/metrics.json"));
    }

    @Test
    void neverOverwrites() throws IOException {
        Path place = folder.resolve("run");
        Files.createDirectory(place);
        assertThatThrownBy(() -> RunFolder.write(place, contents(false), MODEL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(place.toString())
                .hasMessageContaining("never overwritten");
    }

    @Test
    void leavesNothingIfTheModelCannotBeWritten() throws IOException {
        ModelWriter full = file -> {
            Files.writeString(file, "half");
            throw new IOException("No space left on device");
        };
        assertThatThrownBy(() -> RunFolder.write(folder.resolve("run"), contents(false), full))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("No space left on device");
        ModelWriter broken = file -> {
            throw new IllegalStateException("bug");
        };
        assertThatThrownBy(() -> RunFolder.write(folder.resolve("run"), contents(false), broken))
                .isInstanceOf(IllegalStateException.class);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void namesEveryMissingFile() throws IOException {
        Path place = folder.resolve("run");
        RunFolder.write(place, contents(false), MODEL);
        Files.delete(place.resolve("metrics.json"));
        Files.delete(place.resolve("model"));
        assertThatThrownBy(() -> RunFolder.open(place))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .allSatisfy(
                                        problem -> assertThat(problem.what()).contains("is missing")));
        assertThatThrownBy(() -> RunFolder.open(folder.resolve("nowhere"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> RunFolder.open(place.resolve("epochs.jsonl"))).hasMessageContaining("is a file");
    }

    @Test
    void namesTheLineThatCannotBeRead() throws IOException {
        Path place = folder.resolve("run");
        RunFolder.write(place, contents(false), MODEL);
        Path epochs = place.resolve("epochs.jsonl");
        String good = Files.readString(epochs);
        for (String bad : List.of(
                "{\"epoch\": 2}",
                "{\"epoch\":",
                "null",
                "",
                "{\"surprise\": 1}",
                good.lines().toList().get(1).replace("\"aucCold\":null", "\"aucCold\":\"x\""))) {
            List<String> lines = good.lines().toList();
            Files.writeString(epochs, lines.get(0) + "\n" + bad + "\n" + lines.get(2) + "\n");
            updateChecksums(place);
            assertThatThrownBy(() -> RunFolder.open(place))
                    .as(bad)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(epochs + ":2: ");
        }
        Files.writeString(epochs, good.lines().limit(2).reduce("", (a, b) -> a + b + "\n"));
        updateChecksums(place);
        assertThatThrownBy(() -> RunFolder.open(place))
                .hasMessageContaining("2 epochs are recorded, but 6 were trained");
    }

    @Test
    void noticesFilesThatDoNotBelongTogether() throws IOException {
        Path place = folder.resolve("run");
        RunFolder.write(place, contents(false), MODEL);
        Files.writeString(place.resolve("configuration.yaml"), "backbone: DCNv2\n");
        updateChecksums(place);
        assertThatThrownBy(() -> RunFolder.open(place))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("configuration");
        Path metrics = place.resolve("metrics.json");
        Files.writeString(metrics, Files.readString(metrics).replace("\"aucCold\" : null", "\"aucCold\" : \"x\""));
        updateChecksums(place);
        assertThatThrownBy(() -> RunFolder.open(place))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("metrics.json")
                .hasMessageContaining("aucCold");
    }

    @Test
    void refusesEditedFiles() throws IOException {
        Path place = folder.resolve("run");
        RunFolder.write(place, contents(false), MODEL);
        Path metrics = place.resolve("metrics.json");
        String written = Files.readString(metrics);
        Files.writeString(metrics, written.replace("0.7853", "0.8853"));
        assertThatThrownBy(() -> RunFolder.open(place))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(metrics + ": is not the file that ")
                .hasMessageContaining("; restore it, or train again");
        Files.writeString(metrics, written);
        Files.writeString(place.resolve("scores.json"), "{}");
        assertThatThrownBy(() -> RunFolder.open(place)).hasMessageContaining("scores.json: is not listed in ");
        Files.delete(place.resolve("scores.json"));
        assertThat(RunFolder.open(place).contents()).isEqualTo(contents(false));
        Files.delete(place.resolve(FolderChecksums.NAME));
        assertThatThrownBy(() -> RunFolder.open(place))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("an earlier version wrote the folder")
                .hasMessageContaining("sha256sum");
    }

    @Test
    void aRunWhoseProductsWereOpenBlasIsStillRead() throws IOException {
        Path place = folder.resolve("run");
        RunFolder.write(place, contents(true), MODEL);
        Path file = place.resolve("provenance.json");
        String written = Files.readString(file);
        assertThat(written).contains("\"kernels\" : \"SIMD of 512 bits\"");
        Files.writeString(file, written.replace("\"kernels\" : \"SIMD of 512 bits\"", "\"blasKernel\" : \"SkylakeX\""));
        updateChecksums(place);
        assertThat(RunFolder.open(place).contents().provenance().machine().kernels())
                .isEqualTo("OpenBLAS, SkylakeX");
    }

    /** Recomputes the checksums, as after a deliberate change. */
    private static void updateChecksums(Path place) throws IOException {
        FolderChecksums.write(
                place, List.of("configuration.yaml", "metrics.json", "epochs.jsonl", "provenance.json", "model"));
    }

    @Test
    void knowsThisMachine() {
        Machine machine = Machine.here();
        assertThat(machine.java()).contains(System.getProperty("java.runtime.version"));
        assertThat(machine.processor()).isNotBlank();
        assertThat(machine.processors()).isPositive();
        assertThat(machine.kernels()).startsWith("SIMD of ");
    }
}
