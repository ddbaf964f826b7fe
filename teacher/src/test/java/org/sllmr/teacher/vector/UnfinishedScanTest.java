// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.Worlds;

/** A scan that is stopped and goes on, in groups of few history items and several tiles. */
class UnfinishedScanTest {
    private static final int ITEMS = 1500;
    private static final int DISTINCT = 60;
    private static final int CAPACITY = 20;

    private final long seed = Long.getLong("sllmr.seed", 1);
    private final RandomGenerator random = new Seed(seed).generator();
    private final Embeddings embeddings = Worlds.embeddings(ITEMS, 13, seed);
    private final InteractionLog log = Worlds.log(80, ITEMS, 0, 25, seed);

    @TempDir
    private Path folder;

    /** Notes what is said, and interrupts the scan's thread after so many tiles. */
    private static final class Stopper implements ProgressListener {
        private final List<String> notes = new ArrayList<>();
        private final int tiles;
        private int passed;

        Stopper(int tiles) {
            this.tiles = tiles;
        }

        @Override
        public void progressed(String stage, long done, long total) {
            if (++passed == tiles) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void noted(String note) {
            notes.add(note);
        }
    }

    private Path file() {
        return folder.resolve("plan.unfinished");
    }

    /** A file that is saved after every tile or, as often, only by a stop. */
    private ScanFile kept(String owner) {
        return ScanFile.beside(folder.resolve("plan"))
                .every(random.nextBoolean() ? Duration.ZERO : Duration.ofHours(1))
                .of(owner);
    }

    private NearestItems scan(ScanFile file, int threads, ProgressListener listener) throws InterruptedException {
        return scan(file, threads, 2, listener);
    }

    private NearestItems scan(ScanFile file, int threads, int nearest, ProgressListener listener)
            throws InterruptedException {
        float[] bonuses = new float[ITEMS];
        for (int item = 0; item < ITEMS; item += 7) {
            bonuses[item] = 0.2f;
        }
        TopItems top = new TopItems(log.users(), CAPACITY);
        EmbeddingTeacherSettings settings = new EmbeddingTeacherSettings(List.of(), 5, nearest, CosineScale.AFFINE);
        try (Blocks blocks = new Blocks(threads)) {
            new CatalogueScan(embeddings, settings, log, bonuses, top, DISTINCT).run(blocks, listener, file);
        }
        return top.sorted();
    }

    private void assertSame(NearestItems found, NearestItems expected) {
        assertThat(found.offsets()).as("seed %s", seed).isEqualTo(expected.offsets());
        assertThat(found.items()).as("seed %s", seed).isEqualTo(expected.items());
        assertThat(found.values()).as("seed %s", seed).isEqualTo(expected.values());
    }

    @Test
    void stoppedAfterRandomTilesItFindsTheSameWithFewerTiles() throws InterruptedException {
        Stopper whole = new Stopper(0);
        NearestItems expected = scan(ScanFile.NONE, 2, whole);
        assertThat(whole.passed).isGreaterThan(20);
        for (int round = 0; round < 8; round++) {
            ScanFile file = kept("plan " + round);
            int tiles = 0;
            boolean done = false;
            for (int stop = 0; !done; stop++) {
                Stopper stopper = new Stopper(random.nextInt(1, 20));
                try {
                    assertSame(scan(file, 1 + random.nextInt(3), stopper), expected);
                    done = true;
                } catch (InterruptedException e) {
                    assertThat(stopper.notes)
                            .last()
                            .asString()
                            .startsWith(file() + ": keeps the search for nearest items, of which ")
                            .endsWith(" % is done");
                }
                tiles += stopper.passed;
                if (stop > 0) {
                    assertThat(stopper.notes).first().asString().contains("the search for nearest items resumes at ");
                }
            }
            // Stops are between two tiles, so none is compared twice.
            assertThat(tiles).as("seed %s", seed).isEqualTo(whole.passed);
            file.delete();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void stoppedAtAnyMomentItFindsTheSame() throws InterruptedException {
        NearestItems expected = scan(ScanFile.NONE, 2, ProgressListener.NONE);
        long start = System.nanoTime();
        scan(ScanFile.NONE, 2, ProgressListener.NONE);
        long nanos = System.nanoTime() - start;
        int stops = 0;
        // On a busy machine one measurement may be far too long, so it is halved after a round without a stop.
        for (int round = 0; round < 20 || stops == 0; round++) {
            ScanFile file = kept("plan " + round);
            int before = stops;
            boolean done = false;
            while (!done) {
                Alarm alarm = new Alarm(random.nextLong(nanos + 1));
                try {
                    assertSame(scan(file, 1 + random.nextInt(3), ProgressListener.NONE), expected);
                    done = true;
                } catch (InterruptedException e) {
                    stops++;
                } finally {
                    alarm.stop();
                }
            }
            file.delete();
            assertThat(folder).isEmptyDirectory();
            nanos = stops == before ? nanos / 2 : nanos;
        }
    }

    /** Interrupts the thread that made it after a time, unless it is stopped by then. */
    private static final class Alarm {
        private final Thread sleeper = Thread.currentThread();
        private boolean over;

        Alarm(long nanos) {
            Thread thread = new Thread(() -> ring(nanos), "alarm");
            thread.setDaemon(true);
            thread.start();
        }

        private void ring(long nanos) {
            LockSupport.parkNanos(nanos);
            synchronized (this) {
                if (!over) {
                    sleeper.interrupt();
                }
            }
        }

        synchronized void stop() {
            over = true;
            // It may have rung after the scan.
            Thread.interrupted();
        }
    }

    private void stopped(ScanFile file) {
        assertThatThrownBy(() -> scan(file, 2, new Stopper(9))).isInstanceOf(InterruptedException.class);
        assertThat(file()).exists();
    }

    @Test
    void stateOfOtherInputsIsRefusedAndReplaced() throws InterruptedException {
        NearestItems expected = scan(ScanFile.NONE, 2, 1, ProgressListener.NONE);
        String refusal = file() + ": was left by a command with other data, vectors, settings or seed;"
                + " the search for nearest items starts from the beginning";
        stopped(kept("seed 1"));
        Stopper otherOwner = new Stopper(0);
        scan(kept("seed 2").every(Duration.ofHours(1)), 2, otherOwner);
        assertThat(otherOwner.notes).containsExactly(refusal);
        Stopper otherSettings = new Stopper(5);
        assertThatThrownBy(() -> scan(kept("seed 1"), 2, 1, otherSettings)).isInstanceOf(InterruptedException.class);
        assertThat(otherSettings.notes).first().isEqualTo(refusal);
        Stopper goneOn = new Stopper(0);
        assertSame(scan(kept("seed 1"), 2, 1, goneOn), expected);
        assertThat(goneOn.notes).hasSize(1).first().asString().contains("resumes at ");
    }

    @Test
    void damagedStateIsRefusedAndReplaced() throws IOException, InterruptedException {
        NearestItems expected = scan(ScanFile.NONE, 2, ProgressListener.NONE);
        for (int round = 0; round < 30; round++) {
            stopped(kept("plan " + round));
            byte[] bytes = Files.readAllBytes(file());
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), bytes);
            Stopper listener = new Stopper(0);
            assertSame(scan(kept("plan " + round).every(Duration.ofHours(1)), 2, listener), expected);
            assertThat(listener.notes)
                    .as("seed %s", seed)
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith(file() + ": ")
                    .endsWith("; the search for nearest items starts from the beginning");
            Files.delete(file());
        }
    }

    @Test
    void whereNothingCanBeWrittenItIsSaidOnceAndTheSearchEnds() throws IOException, InterruptedException {
        Files.createDirectories(file().resolve("a folder in its place"));
        Stopper listener = new Stopper(0);
        NearestItems found = scan(kept("plan").every(Duration.ZERO), 2, listener);
        assertSame(found, scan(ScanFile.NONE, 2, ProgressListener.NONE));
        assertThat(listener.notes).hasSize(2);
        assertThat(listener.notes.get(0)).startsWith(file() + ": is a folder, but a file is needed");
        assertThat(listener.notes.get(1))
                .startsWith(file() + ": cannot be written: ")
                .endsWith("; if this command is stopped, the search for nearest items starts from the beginning");
    }
}
