// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.file.Folders;

/**
 * Random corruptions of every file format: each is refused with the file's name, or the result is the same.
 *
 * <p>{@code -Dsllmr.corruptions=2000} tries more, {@code -Dsllmr.seed=7} other ones.
 */
class CorruptionTest {
    private static final int COUNT = Integer.getInteger("sllmr.corruptions", 200);
    private static final long PATIENCE_SECONDS = 120;

    private final long start = Long.getLong("sllmr.seed", 1);

    @TempDir
    Path folder;

    @Test
    void damageIsRefusedWithTheFileNameOrChangesNothing() throws Exception {
        List<StoredFormat> formats = StoredFormats.all();
        List<String> whole = new ArrayList<>();
        for (StoredFormat format : formats) {
            Path sample = Files.createDirectories(folder.resolve(format.toString()));
            format.writer().write(sample);
            whole.add(format.read(sample));
        }
        List<String> failures = new ArrayList<>();
        int refused = 0;
        int same = 0;
        for (int trial = 0; trial < COUNT; trial++) {
            RandomGenerator random = new Seed(start).child(trial).generator();
            int number = trial % formats.size();
            StoredFormat format = formats.get(number);
            Path copy = folder.resolve("trial-" + trial);
            copy(folder.resolve(format.toString()), copy);
            List<Path> files = files(copy);
            Path file = files.get(random.nextInt(files.size()));
            Corruption corruption = Corruption.values()[random.nextInt(Corruption.values().length)];
            byte[] before = Files.readAllBytes(file);
            byte[] after = before.length == 0 ? new byte[] {1} : corruption.of(before, random);
            if (Arrays.equals(before, after)) {
                Folders.delete(copy);
                continue;
            }
            Files.write(file, after);
            Optional<String> wrong = judge(format, copy, file, whole.get(number));
            if (wrong.isPresent() && wrong.get().isEmpty()) {
                refused++;
            } else if (wrong.isEmpty()) {
                same++;
            } else {
                failures.add("trial " + trial + ", " + corruption + " of " + copy.relativize(file) + " of " + format
                        + ": " + wrong.get());
            }
            Folders.delete(copy);
        }
        System.err.println(COUNT + " corruptions from seed " + start + ": " + refused + " refused, " + same
                + " without effect, " + failures.size() + " wrong");
        assertThat(failures).as("seed %d", start).isEmpty();
    }

    /** Empty if the result is the same, an empty text if the file was refused, else the problem. */
    private static Optional<String> judge(StoredFormat format, Path copy, Path file, String expected)
            throws InterruptedException {
        FutureTask<String> reading = new FutureTask<>(() -> format.read(copy));
        Thread thread = new Thread(reading, "reading");
        thread.setDaemon(true);
        thread.start();
        try {
            return reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS).equals(expected)
                    ? Optional.empty()
                    : Optional.of("another result");
        } catch (TimeoutException e) {
            return Optional.of("did not end");
        } catch (ExecutionException e) {
            Throwable thrown = e.getCause();
            boolean kind = thrown instanceof InvalidInputException || thrown instanceof IOException;
            boolean named = String.valueOf(thrown.getMessage()).contains(file.toString());
            return Optional.of(kind && named ? "" : thrown.toString());
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().contains("lock"))
                    .sorted()
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }
}
