// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.BundleFixture;
import org.sllmr.bundle.format.HistoryForm;

/** Executors that are processes of their own: each opens the bundle that it was sent, and one may end at any time. */
class KilledExecutorTest {
    @TempDir
    Path folder;

    @Test
    void aLostExecutorChangesNoAnswer() throws Exception {
        Path bundle = new BundleFixture().write(folder.resolve("bundle"), HistoryForm.PLAIN, false);
        // Spark looks for its jars there; executors get all from the class path of this process.
        Path home = folder.resolve("spark-home");
        Files.createDirectories(home.resolve("jars"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        // Executors start in folders of their own.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classPath, KilledExecutor.class.getName(), bundle.toString()));
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.directory(folder.toFile());
        program.environment().put("SPARK_HOME", home.toString());
        program.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        program.environment().put("SPARK_SCALA_VERSION", "2.13");

        Process process = program.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("30000 answers as the library's");
    }
}
