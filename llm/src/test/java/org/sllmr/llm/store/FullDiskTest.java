// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.Seed;
import org.sllmr.data.file.ChildProcess;

/** Answers that there is no space for. */
class FullDiskTest {
    private static final int NUMBER = 900;
    private static final int LARGE = 20_000;

    @TempDir
    private Path folder;

    private static void appendUntilFull(Journal journal, int letters) {
        byte[] line = JournalLines.line(JournalEntry.of(1, AnswerStoreTest.answered(0, "x".repeat(letters))));
        try {
            while (true) {
                journal.append(line);
                System.out.println("appended");
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    /** The process with the limit: appends answers until none fits, then smaller ones, and prints what happens. */
    public static final class Appender {
        private Appender() {}

        public static void main(String[] arguments) throws IOException {
            try (Journal journal = Journal.create(Path.of(arguments[0]), NUMBER)) {
                appendUntilFull(journal, LARGE);
                journal.force();
                appendUntilFull(journal, LARGE / 10);
            }
        }
    }

    /** The process that gets the limit when it has opened the store and added answers. */
    public static final class Adder {
        private Adder() {}

        public static void main(String[] arguments) throws IOException {
            try (AnswerStore store =
                    AnswerStore.open(Path.of(arguments[0]), AnswerStoreTest.PLAN::write, AnswerStoreTest.RUN)) {
                for (int index = 0; index < 40; index++) {
                    store.add(AnswerStoreTest.answered(0, letters(LARGE, index)));
                }
                System.out.println("added");
                System.in.read();
                store.add(AnswerStoreTest.answered(0, "one more"));
            }
        }

        /** Letters that cannot be compressed much. */
        private static String letters(int count, int seed) {
            RandomGenerator random = new Seed(seed).generator();
            return random.ints(count, 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }

    @Test
    void answersThatDoNotFitIntoTheDatabaseStayInTheJournal() throws IOException, InterruptedException {
        Path limits = Path.of("/usr/bin/prlimit");
        assumeTrue(Files.isExecutable(limits), "without prlimit a limit would be there before DuckDB's library is");
        Path path = folder.resolve("store");
        Path output = folder.resolve("output");
        Process process = ChildProcess.start(Adder.class, path, output);
        while (process.isAlive() && !Files.readString(output).contains("added")) {
            Thread.sleep(20);
        }
        Process limit = new ProcessBuilder(
                        limits.toString(), "--pid", Long.toString(process.pid()), "--fsize=65536:65536")
                .inheritIO()
                .start();
        assertThat(limit.waitFor()).as(Files.readString(output)).isZero();
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).content().contains(Journal.file(path, 1) + ": File too large");
        try (StoreReader reader = StoreReader.open(path)) {
            assertThat(reader.summary().attempts()).isEqualTo(40);
        }
        AnswerStore.open(path, AnswerStoreTest.PLAN::write, AnswerStoreTest.RUN).close();
        try (StoreReader reader = StoreReader.open(path)) {
            assertThat(reader.summary().attempts()).isEqualTo(40);
        }
        assertThat(Journal.numbers(path)).as("all in the database").isEmpty();
    }

    @Test
    void theJournalIsNamedAndEveryAppendedAnswerIsKept() throws IOException, InterruptedException {
        Path path = folder.resolve("store");
        AnswerStore.open(path, AnswerStoreTest.PLAN::write, AnswerStoreTest.RUN).close();
        Path output = folder.resolve("output");
        Process process = ChildProcess.startWithSmallFiles(Appender.class, path, output);
        int code = process.waitFor();
        List<String> lines = new ArrayList<>(Files.readAllLines(output));
        assertThat(code).as("%s", lines).isZero();
        String full = Journal.file(path, NUMBER) + ": File too large";
        assertThat(lines.lastIndexOf("appended"))
                .as("a smaller one still fits behind what was removed")
                .isGreaterThan(lines.indexOf(full));
        long appended = lines.stream().filter("appended"::equals).count();
        lines.removeIf("appended"::equals);
        assertThat(lines).containsExactly(full, full);
        try (StoreReader reader = StoreReader.open(path)) {
            assertThat(reader.summary().attempts()).isEqualTo(appended);
        }
        try (AnswerStore store = AnswerStore.open(path, AnswerStoreTest.PLAN::write, AnswerStoreTest.RUN)) {
            store.add(AnswerStoreTest.answered(1, "after"));
        }
        try (StoreReader reader = StoreReader.open(path)) {
            assertThat(reader.summary().attempts()).isEqualTo(1 + appended);
        }
        assertThat(Journal.numbers(path)).as("all in the database").isEmpty();
    }
}
