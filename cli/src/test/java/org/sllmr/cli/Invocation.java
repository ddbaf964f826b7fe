// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.sllmr.cli.terminal.Terminal;

/** One run of the program inside a test: its exit code and what it wrote. */
record Invocation(int code, String results, String messages) {
    static Invocation of(List<Commands.Registered> commands, String... arguments) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(results, messages, 0, System::nanoTime);
        Failures failures = new Failures(
                terminal, () -> false, List.of(arguments), List.of(Path.of(System.getProperty("java.io.tmpdir"))));
        int code = Main.run(terminal, failures, commands, arguments);
        return new Invocation(
                code, results.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8));
    }
}
