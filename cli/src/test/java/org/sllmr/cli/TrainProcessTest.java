// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a separate process, started as by the launcher. */
class TrainProcessTest {
    private record Ended(int code, String out, String err) {}

    /** Options under which a small training is over soonest: without SIMD and the optimising compiler. */
    private static final List<String> BRIEF = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Options of the launcher. */
    private static final List<String> USUAL = List.of("--add-exports", "java.base/jdk.internal.module=ALL-UNNAMED");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void aShop() {
        String shop = folder.resolve("shop").toString();
        ok("data", "demo", "--out", shop, "--users", "80", "--items", "200");
        ok(
                "data",
                "prepare",
                "--interactions",
                shop + "/interactions.tsv",
                "--user",
                "user_id",
                "--item",
                "item_id",
                "--time",
                "timestamp",
                "--out",
                folder.resolve("data").toString());
    }

    private static void ok(String... arguments) {
        assertThat(Invocation.of(Commands.ALL, arguments))
                .satisfies(invocation ->
                        assertThat(invocation.code()).as(invocation.messages()).isZero());
    }

    /** A training of so many short epochs that it ends only when it is stopped. */
    private static String[] train(String out, String... further) {
        return trainOn("data", out, further);
    }

    private static String[] trainOn(String data, String out, String... further) {
        List<String> words = new ArrayList<>(List.of(
                "train",
                "--data",
                folder.resolve(data).toString(),
                "--set",
                "model.backbone=mf",
                "--set",
                "training.maxEpochs=100000",
                "--set",
                "training.patience=100000",
                "--out",
                folder.resolve(out).toString()));
        words.addAll(List.of(further));
        return words.toArray(String[]::new);
    }

    private Process start(String name, String... arguments) throws IOException {
        return start(name, BRIEF, arguments);
    }

    private Process start(String name, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(options);
        // As in the launcher, because newer Javas warn about native libraries.
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
    }

    private static Ended end(String name, Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve(name + ".out")),
                Files.readString(folder.resolve(name + ".err")));
    }

    private static void await(Path file, Process process) throws InterruptedException {
        while (!Files.exists(file)) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(20);
        }
    }

    @Test
    @Timeout(900)
    void twoTrainingsCannotShareAFolderAndAStoppedOneSaysHowToResume() throws Exception {
        assumeTrue(File.separatorChar == '/', "signals need a Unix");
        assumeFalse(InterruptionTest.ignoresInterrupts(), "whoever started this ignores Ctrl-C");
        Process first = start("first", train("run"));
        await(folder.resolve(".run.checkpoint"), first);
        Ended second = end("second", start("second", trainOn("nowhere", "run")));
        assertThat(second.err()).contains("in use by another training").doesNotContain("nowhere");
        assertThat(second.code()).isEqualTo(1);
        new ProcessBuilder("kill", "-INT", Long.toString(first.pid())).start().waitFor();
        Ended stopped = end("first", first);
        assertThat(stopped.code()).isEqualTo(130);
        assertThat(stopped.err()).contains("sllmr: stopped; the same command resumes after the last complete epoch");
        assertThat(names()).contains(".run.checkpoint").doesNotContain("run", ".run.lock");

        Process killed = start("killed", train("run"));
        await(folder.resolve(".run.lock"), killed);
        killed.destroyForcibly();
        end("killed", killed);
        Ended other = end("other", start("other", train("run", "--set", "seed=2")));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err())
                .contains("holds a stopped training of other settings")
                .contains("seed (1 there, 2 now)");
    }

    @Test
    @Timeout(900)
    void standardErrorOfASuccessContainsProgressOnly() throws Exception {
        Ended brief = end("short", start("short", USUAL, train("short", "--set", "training.maxEpochs=2")));
        assertThat(brief.code()).as(brief.err()).isZero();
        assertThat(brief.err().lines())
                .hasSize(2)
                .allMatch(line -> line.matches("epoch [12]: loss \\d.\\d+, validation AUC .*s"));
        assertThat(brief.out()).contains("Next: sllmr evaluate " + folder.resolve("short"));
        Ended doctor = end("doctor", start("doctor", USUAL, "doctor"));
        assertThat(doctor.out()).containsPattern("ok +Vector module +on");
        assertThat(doctor.err()).isEmpty();
    }

    @Test
    void divergenceIsReportedAndNothingIsLeft() throws Exception {
        Invocation diverged = Invocation.of(
                Commands.ALL, train("diverged", "--set", "model.initialization={name: normal, deviation: 1e25}"));
        assertThat(diverged.code()).isEqualTo(1);
        assertThat(diverged.messages())
                .contains("sllmr: training diverged in epoch 1")
                .contains("model.optimizer.learningRate")
                .doesNotContain("internal error", "defect");
        assertThat(names()).noneMatch(name -> name.contains("diverged"));
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
