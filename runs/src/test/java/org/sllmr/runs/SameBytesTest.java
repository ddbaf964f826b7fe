// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.runs.execution.SmallShop;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The promise that the same data, settings and seed give the same bytes on every processor, with every version of Java and any
 * number of threads. Each process trains the {@link TrainedRuns}; what they leave is compared with what a process leaves that
 * was started as the launcher starts it.
 */
@Timeout(1200)
class SameBytesTest {
    /** Files whose bytes depend on nothing else. */
    private static final List<String> FILES = List.of("metrics.json", "model", "scores.json", "ranking-test.users");

    private static final String USUAL = "usual";
    private static final String SIMD = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

    @TempDir
    private static Path folder;

    private static SmallShop shop;
    private static Path teacher;
    private static boolean isAnotherJava;
    private static final Map<String, Process> STARTED = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws IOException {
        shop = SmallShop.in(folder);
        teacher = shop.teacherHoldingOut(folder.resolve("holding-out.scores"));
        Path here = Path.of(System.getProperty("java.home"));
        Optional<Path> other = otherJava();
        start(USUAL, here, SIMD);
        start("narrow", here, SIMD, "-XX:UseAVX=1", "-XX:ActiveProcessorCount=2");
        start("plain", here, "-XX:TieredStopAtLevel=1", "-XX:ActiveProcessorCount=3");
        // Another Java computes with another width too, so that one process covers both.
        start("another", other.orElse(here), SIMD, "-XX:UseAVX=2", "-XX:ActiveProcessorCount=1");
        isAnotherJava = other.isPresent();
    }

    @AfterAll
    static void stop() {
        STARTED.values().forEach(Process::destroyForcibly);
    }

    private static void start(String name, Path java, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString()));
        // Other kinds of processors know nothing of AVX.
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.addAll(List.of(options));
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                TrainedRuns.class.getName(),
                shop.dataset().toString(),
                teacher.toString(),
                folder.resolve(name).toString()));
        STARTED.put(
                name,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".txt").toFile())
                        .start());
    }

    @Test
    void registersOf32BytesAndOneProcessor() throws Exception {
        assertSame("another", onX86("SIMD of 256 bits"));
    }

    @Test
    void registersOf16BytesAndTwoProcessors() throws Exception {
        assertSame("narrow", onX86("SIMD of 128 bits"));
    }

    @Test
    void plainLoopsAndThreeProcessors() throws Exception {
        assertSame("plain", Optional.of("plain Java"));
    }

    @Test
    void anotherVersionOfJava() throws Exception {
        assumeTrue(isAnotherJava, "no other Java of 17 or newer is in JAVA_25_HOME or where Java usually is installed");
        assertThat(java(await("another"))).isNotEqualTo(java(await(USUAL)));
        assertSame("another", Optional.empty());
    }

    /** The Java of a process. */
    private static String java(Path runs) throws IOException {
        Path file = runs.resolve("deepfm").resolve("provenance.json");
        return JsonMapper.shared()
                .readTree(Files.readString(file))
                .at("/machine/java")
                .asString();
    }

    private static Optional<String> onX86(String kernels) {
        return System.getProperty("os.arch").equals("amd64") ? Optional.of(kernels) : Optional.empty();
    }

    /** @param kernels what the process must have computed with, so that it was another way */
    private static void assertSame(String name, Optional<String> kernels) throws Exception {
        Path expected = await(USUAL);
        Path actual = await(name);
        for (String run : TrainedRuns.RUNS.keySet()) {
            for (String file : FILES) {
                assertThat(actual.resolve(run).resolve(file))
                        .as("%s, %s of %s", name, file, run)
                        .hasSameBinaryContentAs(expected.resolve(run).resolve(file));
            }
            assertThat(epochs(actual.resolve(run)))
                    .as("%s, epochs of %s", name, run)
                    .isEqualTo(epochs(expected.resolve(run)));
            assertThat(ranking(actual.resolve(run)))
                    .as("%s, ranking of %s", name, run)
                    .isEqualTo(ranking(expected.resolve(run)));
            if (kernels.isPresent()) {
                assertThat(Files.readString(actual.resolve(run).resolve("provenance.json")))
                        .contains(kernels.get());
            }
        }
    }

    private static Path await(String name) throws IOException, InterruptedException {
        Process process = STARTED.get(name);
        assertThat(process.waitFor(900, TimeUnit.SECONDS)).as(name).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", name, Files.readString(folder.resolve(name + ".txt")))
                .isZero();
        return folder.resolve(name);
    }

    /** All that is said of the epochs but how long they took. */
    private static List<String> epochs(Path run) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String file : List.of("epochs.jsonl", "reference.jsonl")) {
            if (Files.exists(run.resolve(file))) {
                for (String line : Files.readAllLines(run.resolve(file))) {
                    lines.add(without(line, "seconds", "samplesPerSecond"));
                }
            }
        }
        return lines;
    }

    /** All that is said of the ranking but where and when it was made. */
    private static String ranking(Path run) throws IOException {
        return without(Files.readString(run.resolve("ranking-test.json")), "provenance");
    }

    private static String without(String json, String... keys) {
        ObjectNode object = (ObjectNode) JsonMapper.shared().readTree(json);
        for (String key : keys) {
            JsonNode removed = object.remove(key);
            assertThat(removed).as(key).isNotNull();
        }
        return object.toString();
    }

    /** A Java of another feature release than this one, where {@code .ci/run} looks for one too. */
    private static Optional<Path> otherJava() throws IOException {
        List<Path> homes = new ArrayList<>();
        for (String variable : List.of("JAVA_25_HOME", "JAVA_HOME_25_X64", "JAVA_17_HOME", "JAVA_HOME_17_X64")) {
            @Nullable String home = System.getenv(variable);
            if (home != null && !home.isEmpty()) {
                homes.add(Path.of(home));
            }
        }
        homes.addAll(within(Path.of("/usr/lib/jvm"), ""));
        homes.addAll(within(Path.of("/Library/Java/JavaVirtualMachines"), "Contents/Home"));
        for (Path home : homes) {
            int feature = feature(home);
            if (feature >= 17 && feature != Runtime.version().feature()) {
                return Optional.of(home);
            }
        }
        return Optional.empty();
    }

    private static List<Path> within(Path place, String home) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(place)) {
            return found.sorted().map(path -> path.resolve(home)).toList();
        }
    }

    /** The feature release of the Java in a folder, by its release file; 0 if there is none. */
    private static int feature(Path home) throws IOException {
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.exists(home.resolve("release"))) {
            return 0;
        }
        for (String line : Files.readAllLines(home.resolve("release"))) {
            if (line.startsWith("JAVA_VERSION=\"")) {
                return Runtime.Version.parse(line.substring("JAVA_VERSION=\"".length(), line.length() - 1))
                        .feature();
            }
        }
        return 0;
    }
}
