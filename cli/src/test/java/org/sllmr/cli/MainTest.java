// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.cli.command.Purpose;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Build;
import org.sllmr.training.TrainingDivergedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class MainTest {
    private static final List<Commands.Registered> COMMANDS = List.of(
            new Commands.Registered(Purpose.DATA, Data.class), new Commands.Registered(Purpose.SETUP, Fail.class));

    @Command(name = "data", description = "Work with data.", subcommands = Count.class)
    static final class Data {}

    @Command(name = "count", description = "Count things.")
    static final class Count extends ReportingCommand<Count.Counted> {
        record Counted(int users, double share, String name, List<Integer> years) {}

        @Parameters(arity = "0..1", defaultValue = "3", description = "How many.")
        private int users;

        Count(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected Counted result() {
            terminal().say("counting");
            return new Counted(users, 0.5, "é", List.of(2014));
        }

        @Override
        protected void print(Counted result, PrintStream out) {
            out.println(result.users() + " users, " + result.name());
        }

        @Override
        protected int exitCode(Counted result) {
            return result.users() > 100 ? 1 : 0;
        }
    }

    @Command(name = "fail", description = "Fail.")
    static final class Fail extends ReportingCommand<Count.Counted> {
        @Parameters(description = "How.")
        private String how = "";

        Fail(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected Count.Counted result() throws IOException, InterruptedException {
            switch (how) {
                case "input" -> throw new InvalidInputException("a.csv:3", "is empty");
                case "inputs" ->
                    throw new InvalidInputException(
                            List.of(new Problem("a.csv:3", "is empty"), new Problem("b.csv", "is missing")));
                case "missing" -> throw new NoSuchFileException("x/y");
                case "denied" -> throw new UncheckedIOException(new AccessDeniedException("/z"));
                case "full" -> throw new IOException("No space left on device");
                case "raw" -> throw new FileAlreadyExistsException("/z");
                case "end" -> throw new EOFException();
                case "stop" -> throw new InterruptedException();
                case "channel" -> throw new UncheckedIOException(new ClosedByInterruptException());
                case "memory" -> throw new OutOfMemoryError();
                case "native-memory" -> throw new IllegalStateException("std::bad_alloc");
                case "place" -> throw new FileSystemException("/z", null, "Read-only file system");
                case "diverged" -> throw diverged();
                case "link" -> throw new UnsatisfiedLinkError("no duckdb_java");
                default -> throw new IllegalStateException("oops sk-0123456789 " + how);
            }
        }

        private static RuntimeException diverged() {
            return new TrainingDivergedException("training diverged; lower the rate");
        }

        @Override
        public String whenStopped() {
            return "start it again";
        }

        @Override
        protected void print(Count.Counted result, PrintStream out) {
            throw new AssertionError("there is no result");
        }
    }

    private static Invocation run(String... arguments) {
        return Invocation.of(COMMANDS, arguments);
    }

    @Test
    void resultsAndMessagesAreSeparate() {
        assertThat(run("data", "count", "7")).isEqualTo(new Invocation(0, lines("7 users, é"), lines("counting")));
    }

    @Test
    void aResultIsAlsoJson() {
        Invocation invocation = run("data", "count", "--json");
        assertThat(invocation.results().replaceAll("\\s", ""))
                .isEqualTo("{\"users\":3,\"share\":0.5,\"name\":\"é\",\"years\":[2014]}");
    }

    @Test
    void aResultCanBeAFailure() {
        assertThat(run("data", "count", "101").code()).isEqualTo(1);
    }

    @Test
    void wrongUsageIsExplainedAndExitsWithTwo() {
        assertThat(run("data", "cuont"))
                .isEqualTo(new Invocation(
                        2,
                        "",
                        lines(
                                "sllmr: Unmatched argument at index 1: 'cuont'",
                                "Did you mean: data count?",
                                "Try 'sllmr data --help'.")));
        assertThat(run()).isEqualTo(new Invocation(2, "", lines("sllmr: a command is needed", "Try 'sllmr --help'.")));
        assertThat(run("data").code()).isEqualTo(2);
        assertThat(run("data", "count", "x").messages()).contains("'x' is not an int");
        assertThat(run("fail").messages()).contains("Missing required parameter");
        // A mistyped option is named although something is missing as well.
        assertThat(run("fail", "--jso", "--debug").messages())
                .contains("Unknown option: '--jso'", "Missing required parameter")
                .doesNotContain("'--debug'");
        assertThat(Invocation.of(Commands.ALL, "train", "--dat=my-data", "--seed-x")
                        .messages())
                .contains("Unknown options: '--dat', '--seed-x'", "Missing required option: '--out=RUN'");
    }

    @Test
    void badInputIsListedWithoutAStackTrace() {
        assertThat(run("fail", "input")).isEqualTo(new Invocation(1, "", lines("sllmr: a.csv:3: is empty")));
        assertThat(run("fail", "inputs"))
                .isEqualTo(new Invocation(
                        1, "", lines("sllmr: 2 problems", "  a.csv:3: is empty", "  b.csv: is missing")));
    }

    @Test
    void failuresHaveARemedy() {
        assertThat(run("fail", "missing").messages()).isEqualTo(lines("sllmr: x/y: there is no such file or folder"));
        assertThat(run("fail", "denied").messages()).startsWith("sllmr: /z: no permission; ");
        assertThat(run("fail", "full").messages()).startsWith("sllmr: No space left on device; free some space");
        for (String raw : List.of("raw", "end")) {
            assertThat(run("fail", raw).messages()).startsWith("sllmr: ").doesNotContain("java.", "Exception");
        }
        assertThat(run("fail", "memory")).satisfies(invocation -> {
            assertThat(invocation.code()).isEqualTo(1);
            assertThat(invocation.messages()).contains("SLLMR_HEAP");
        });
        assertThat(run("fail", "link").messages()).contains("no duckdb_java").contains("sllmr doctor");
        assertThat(run("fail", "native-memory").messages()).contains("outside the Java heap", "SLLMR_HEAP lower");
        assertThat(run("fail", "place").messages())
                .contains("Read-only file system")
                .contains("choose another place");
    }

    @Test
    void divergedTrainingIsReported() throws Exception {
        assertThat(run("fail", "diverged"))
                .isEqualTo(new Invocation(1, "", lines("sllmr: training diverged; lower the rate")));
    }

    @Test
    void anInternalErrorLeavesAFileToAttach(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(new ByteArrayOutputStream(), messages, 0, System::nanoTime);
        List<String> line = List.of("fail", "https://me:secret-word@host/v1?token=abc", "--debug");
        // The first folder is not writable, so the second one is used.
        Failures failures = new Failures(terminal, () -> false, line, List.of(folder.resolve("missing"), folder));
        assertThat(Main.run(terminal, failures, COMMANDS, line.toArray(String[]::new)))
                .isEqualTo(1);
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .contains("internal error, please report: java.lang.IllegalStateException: oops", file.toString())
                .doesNotContain("defect");
        assertThat(Files.readString(file))
                .contains(
                        "sllmr " + Build.current().version(),
                        "command  sllmr fail",
                        "Java     " + Runtime.version(),
                        System.getProperty("os.name"),
                        "IllegalStateException: oops ***",
                        "at org.sllmr.cli.MainTest")
                .contains("https://***@host/v1?***")
                .doesNotContain("secret-word", "abc", "sk-0123456789");
    }

    @Test
    void aValueOfAVariableThatIsAKeyIsNeverInTheFile() {
        ErrorReport incident = new ErrorReport(
                new IllegalStateException("refused: Bearer value-of-key"),
                List.of("--set", "language.apiKey=other-key", "--set", "seed=7"),
                Map.of("OPENAI_API_KEY", "value-of-key", "HOME", "/home/me"));
        assertThat(incident.text(Instant.EPOCH))
                .contains("seed=7", "refused: Bearer ***", "language.apiKey=***")
                .doesNotContain("value-of-key", "other-key");
    }

    @Test
    void anyFailureDuringAStopIsAStop() {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(new ByteArrayOutputStream(), messages, 0, System::nanoTime);
        Failures failures = new Failures(terminal, () -> true, List.of("fail", "other"), List.of());
        assertThat(Main.run(terminal, failures, COMMANDS, "fail", "other")).isEqualTo(130);
        assertThat(messages.toString(StandardCharsets.UTF_8)).isEqualTo(lines("sllmr: stopped; start it again"));
    }

    @Test
    void theStackTraceComesOnRequestOnly() {
        assertThat(run("fail", "input").messages()).doesNotContain("at org.sllmr");
        assertThat(run("fail", "input", "--debug").messages())
                .contains("at org.sllmr")
                .contains("sllmr: a.csv:3");
        assertThat(run("--debug", "fail", "link").messages()).contains("at org.sllmr");
    }

    @Test
    void aStopIsNoFailure() {
        assertThat(run("fail", "stop")).isEqualTo(new Invocation(130, "", lines("sllmr: stopped; start it again")));
        assertThat(run("fail", "channel").code()).isEqualTo(130);
    }

    @Test
    void aResultThatCannotBeWrittenIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(full, messages, 0, System::nanoTime);
        assertThat(Main.run(terminal, new Failures(terminal), COMMANDS, "data", "count"))
                .isEqualTo(1);
        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("could not be written");
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(run("data", "count", "--help"))
                .satisfies(invocation -> assertThat(invocation.code()).isZero())
                .satisfies(invocation -> assertThat(invocation.messages()).isEmpty())
                .satisfies(invocation -> assertThat(invocation.results())
                        .contains("Usage: sllmr data count", "Count things.", "--json", "--debug"));
    }

    @Test
    void theHelpGroupsCommandsByPurpose() {
        assertThat(run("--help").results())
                .containsSubsequence(
                        "Data:", "data count", "Count things.", "This machine:", "fail", "Fail.", "Exit code:")
                .doesNotContain("Start here");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(run("--version").results())
                .matches("(?s)sllmr \\d+\\.\\d+\\.\\d+.* \\((commit [0-9a-f]{7,}|built without.*)\\), Java \\d+.*");
    }

    @Test
    void helpAndVersionSetUpNoCommand() {
        assertThat(Commands.meant(COMMANDS, "--help")).isEmpty();
        assertThat(Commands.meant(COMMANDS, "--debug", "fail", "data"))
                .extracting(command -> command.annotation().name())
                .containsExactly("fail");
        assertThat(Commands.meant(COMMANDS, "dta")).isEqualTo(COMMANDS);
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
