// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.format.HistoryForm;

/** What a service has to carry. */
class SmallJarTest {
    private static final long MOST = 3_000_000;
    private static final List<String> NEEDED =
            List.of("bundle", "configuration", "data", "model", "teacher", "jackson-core", "slf4j-api", "jspecify");

    /** Recommends from a bundle, in a process that has nothing but what a service needs. */
    static final class Service {
        private Service() {}

        public static void main(String[] arguments) {
            Recommender recommender = Recommender.open(Path.of(arguments[0]));
            List<String> history = List.of(recommender.catalogue().ids().value(3));
            System.out.println(
                    recommender.recommend(Request.ofHistory(history).withK(3).explained()));
        }
    }

    private static List<String> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> NEEDED.stream().anyMatch(name -> isOf(path, name)))
                .toList();
    }

    private static boolean isOf(String path, String name) {
        String unified = path.replace('\\', '/');
        return unified.endsWith("/" + name + "/target/classes")
                || unified.matches(".*/" + name + "-[0-9][^/]*(?<!tests)\\.jar");
    }

    @Test
    void aServiceCarriesLessThanThreeMegabytes() throws IOException {
        assertThat(System.getProperty("java.class.path"))
                .doesNotContain("jackson-databind", "jackson-dataformat-yaml", "duckdb");
        List<String> path = classPath();
        assertThat(path).hasSize(NEEDED.size());
        long size = 0;
        for (String entry : path) {
            size += Files.isDirectory(Path.of(entry)) ? zipped(Path.of(entry)) : Files.size(Path.of(entry));
        }
        assertThat(size).isLessThan(MOST);
    }

    private static long zipped(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        return bytes.size();
    }

    @Test
    void nothingElseIsNeededToRecommend(@TempDir Path folder) throws Exception {
        Path bundle = new BundleFixture().write(folder.resolve("bundle.zip"), HistoryForm.HASHED, true);
        Path classes = Files.createDirectories(folder.resolve("classes/org/sllmr/bundle"));
        String name = "SmallJarTest$Service.class";
        Files.copy(Path.of(SmallJarTest.class.getResource(name).toURI()), classes.resolve(name));
        List<String> path = Stream.concat(Stream.of(folder.resolve("classes").toString()), classPath().stream())
                .toList();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        String.join(File.pathSeparator, path),
                        Service.class.getName(),
                        bundle.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        Recommender recommender = Recommender.open(bundle);
        List<String> history = List.of(recommender.catalogue().ids().value(3));
        assertThat(output)
                .as("the same bits without SIMD")
                .contains(recommender
                        .recommend(Request.ofHistory(history).withK(3).explained())
                        .toString());
    }
}
