// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
    /** A worker that keeps a file while it works and removes it when it is stopped. */
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) throws IOException {
            Path half = Path.of(arguments[0]);
            Interruption interruption = Interruption.of(Thread.currentThread());
            try {
                // Moved, because a file is seen before it is written, and an interrupt would end the writing.
                Files.move(Files.writeString(Path.of(half + ".new"), "half"), half);
                Thread.sleep(600_000);
            } catch (InterruptedException e) {
                Files.delete(half);
                Files.writeString(Path.of(arguments[1]), Boolean.toString(interruption.stopping()));
            } finally {
                interruption.close();
            }
        }
    }

    @Test
    @Timeout(300)
    void ctrlCLetsTheWorkerCleanUpAndExitsWith130(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(File.separatorChar == '/', "signals need a Unix");
        assumeFalse(
                ignoresInterrupts(), "whoever started this ignores Ctrl-C, as shells do for jobs in the background");
        Path half = folder.resolve("half");
        Path clean = folder.resolve("clean");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        half.toString(),
                        clean.toString())
                .inheritIO()
                .start();
        while (!Files.exists(half)) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(10);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(half).doesNotExist();
        assertThat(clean).hasContent("true");
    }

    /** Whether this process, and so its children, ignore SIGINT; known on Linux only. */
    static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(
                                        line.substring("SigIgn:".length()).trim(), 16)
                                & 0b10)
                        != 0;
            }
        }
        return false;
    }
}
