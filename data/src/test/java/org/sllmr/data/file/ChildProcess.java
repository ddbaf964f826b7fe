// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that run a class of the tests.
 *
 * <p>A limit on the size of a file stands for a full disk: it fails in the middle of a write, too, and needs no rights.
 */
public final class ChildProcess {
    private static final Path SHELL = Path.of("/bin/sh");
    /** In blocks of 512 bytes: 64 KiB. */
    private static final String LIMITED = "ulimit -f 128 && exec \"$@\"";

    private ChildProcess() {}

    /** Starts {@code main} with one argument; both of its streams go to a file. */
    public static Process start(Class<?> main, Path argument, Path output) throws IOException {
        return start(List.of(), main, argument, output);
    }

    /** The same where no file can have more than 64 KiB; the calling test is skipped where there are no such limits. */
    public static Process startWithSmallFiles(Class<?> main, Path argument, Path output) throws IOException {
        assumeTrue(Files.isExecutable(SHELL), "limits need a Unix");
        return start(List.of(SHELL.toString(), "-c", LIMITED, "sh"), main, argument, output);
    }

    private static Process start(List<String> before, Class<?> main, Path argument, Path output) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
