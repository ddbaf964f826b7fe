// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.ChildProcess;
import org.sllmr.data.file.WholeFile;

/** Writing where there is not enough space. */
class FullDiskTest {
    @TempDir
    private Path folder;

    /** The process with the limit: writes a dataset and a file that are too large, and prints the failures. */
    public static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            try {
                DatasetWriter.write(DatasetTest.dataset(), folder.resolve("data"), true);
            } catch (InvalidInputException e) {
                System.out.println(e.getMessage());
            }
            try {
                WholeFile.write(folder.resolve("whole"), "y".repeat(100_000));
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void theReasonIsNamedAndWhatWasThereIsKept() throws IOException, InterruptedException {
        Dataset before = Dataset.of(DatasetTest.contents("another field"), DatasetTest.origin("before"));
        DatasetWriter.write(before, folder.resolve("data"), false);
        Files.writeString(folder.resolve("whole"), "before");

        Path output = folder.resolve("output");
        Process process = ChildProcess.startWithSmallFiles(Writer.class, folder, output);
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();

        List<String> lines = Files.readAllLines(output);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .startsWith(folder.resolve("data") + ": cannot be written: File too large; the dataset takes 1 MB")
                .endsWith("(nothing was left behind)");
        assertThat(lines.get(1)).isEqualTo(folder.resolve("whole") + ": File too large");
        Dataset.verify(folder.resolve("data"));
        assertThat(Dataset.open(folder.resolve("data")).manifest()).isEqualTo(before.manifest());
        assertThat(folder.resolve("whole")).hasContent("before");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }
}
