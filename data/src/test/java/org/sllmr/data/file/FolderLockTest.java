// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;

/** Exclusive use of a folder, and clean-up after killed processes. */
class FolderLockTest {
    @TempDir
    private Path folder;

    @Test
    void aLockIsExclusiveAndLeavesNoFile() throws IOException {
        Path place = folder.resolve("deep/run");
        try (FolderLock lock = FolderLock.beside(place, "training")) {
            assertThat(lock.folder()).isDirectory();
            assertThatThrownBy(() -> FolderLock.beside(place, "training"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is in use by another training; wait until it ends, or choose another --out");
            try (FolderLock other = FolderLock.beside(folder.resolve("deep/other"), "training")) {
                assertThat(other.folder()).isEqualTo(lock.folder());
            }
            Files.createDirectory(place);
        }
        assertThat(names(folder.resolve("deep"))).containsExactly("run");
        FolderLock.beside(place, "training").close();
    }

    /** Ctrl-C before a command had its lock: channels close at once in an interrupted thread. */
    @Test
    void anInterruptedThreadLocksNothingAndLeavesNoFile() throws IOException {
        Path place = folder.resolve("run");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> FolderLock.beside(place, "training")).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(folder).isEmptyDirectory();
        FolderLock.beside(place, "training").close();
        assertThat(folder).isEmptyDirectory();
    }

    /** Runs beside each other in one folder: one ends without a result and leaves it empty, another one writes there. */
    @Test
    void aFolderThatALockRemovesIsThereForWhoWritesOrLocks() throws Exception {
        Path shared = folder.resolve("shared");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                FolderLock.beside(shared.resolve("one"), "training").close();
            }
        });
        try {
            for (int time = 0; time < 300; time++) {
                WholeFile.write(shared.resolve("two.json"), "{}");
                Files.delete(shared.resolve("two.json"));
                FolderLock.beside(shared.resolve("three"), "training").close();
                try {
                    // So that the next lock makes it, and removes it.
                    Files.deleteIfExists(shared);
                } catch (DirectoryNotEmptyException locked) {
                    // Then it does so next time.
                }
            }
        } finally {
            done.set(true);
            others.join();
        }
    }

    /** The same between the making of the folder and that of the file, which the race above seldom meets. */
    @Test
    void aFolderThatGoesBeforeItsFileIsThereIsMadeAgain() throws IOException {
        Path file = folder.resolve("shared/two.json");
        AtomicInteger attempts = new AtomicInteger();
        WholeFile.write(file, beside -> {
            if (attempts.incrementAndGet() == 1) {
                Files.delete(file.getParent());
            }
            Files.writeString(beside, "{}");
        });
        assertThat(attempts).hasValue(2);
        assertThat(names(file.getParent())).containsExactly("two.json");
        assertThat(file).hasContent("{}");
    }

    @Test
    void anEmptyFolderIsRemovedOnClosing() throws IOException {
        FolderLock.take(folder.resolve("empty"), "search").close();
        assertThat(folder.resolve("empty")).doesNotExist();
        Path wanted = folder.resolve("wanted");
        try (FolderLock lock = FolderLock.take(wanted, "search")) {
            Files.writeString(lock.folder().resolve("search.yaml"), "x");
        }
        assertThat(names(wanted)).containsExactly("search.yaml");
    }

    @Test
    void onlyFilesOfEndedProcessesOnThisMachineAreRemoved() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "a process that ends at once needs a Unix");
        Process ended = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        ended.waitFor();
        Path target = folder.resolve("out");
        String mine = Unfinished.beside(target).getFileName().toString();
        String pid = Long.toString(ProcessHandle.current().pid());
        String left = mine.replace("-" + pid + "-", "-" + ended.pid() + "-");
        String elsewhere = left.replaceFirst("unfinished-[0-9a-f]+-", "unfinished-1-");
        for (String name : new String[] {mine, left, elsewhere, ".other.unfinished-1-2-3", "out"}) {
            Files.writeString(folder.resolve(name), "x");
        }
        Files.createDirectories(folder.resolve(left + "1/within"));
        Unfinished.clear(target);
        assertThat(names(folder)).containsExactlyInAnyOrder(mine, elsewhere, ".other.unfinished-1-2-3", "out");
        Unfinished.clearLocked(target);
        assertThat(names(folder)).containsExactlyInAnyOrder(".other.unfinished-1-2-3", "out");
    }

    /** Two runs of a grid once wrote one temporary file: the clock had told both the same nanosecond. */
    @Test
    void noTwoCallsGiveTheSameName() {
        Path target = folder.resolve("out");
        assertThat(IntStream.range(0, 100_000)
                        .parallel()
                        .mapToObj(call -> Unfinished.beside(target))
                        .distinct()
                        .count())
                .isEqualTo(100_000);
    }

    @Test
    void anUnwritablePlaceIsRefused() throws IOException {
        Writable.require(folder.resolve("a/b/c"));
        assertThat(names(folder)).isEmpty();
        Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> Writable.require(folder.resolve("file/run")))
                .hasMessageContaining("is a file, not a folder; choose another place");
        for (String below : List.of("file/run", "file/a/run")) {
            assertThatThrownBy(() -> FolderLock.beside(folder.resolve(below), "training"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(folder.resolve(below) + ": " + folder.resolve("file")
                            + " is a file, not a folder; choose another place");
        }
        assumeTrue(
                Files.isDirectory(Path.of("/proc/self")), "a folder that nobody can write to is known on Linux alone");
        assertThatThrownBy(() -> Writable.require(Path.of("/proc/run")))
                .hasMessageContaining("/proc cannot be written to")
                .hasMessageContaining("choose another place");
        assertThatThrownBy(() -> FolderLock.beside(Path.of("/proc/run"), "training"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("/proc cannot be written to")
                .hasMessageNotContaining("no such file");
    }

    @Test
    void noReasonIsAJavaName() throws IOException {
        for (IOException failure : List.of(
                new FileAlreadyExistsException("/a/b"),
                new DirectoryNotEmptyException("/a/b"),
                new NotDirectoryException("/a/b"),
                new FileSystemException("/a/b"),
                new AccessDeniedException("/a/b"),
                new NoSuchFileException("/a/b"),
                new MalformedInputException(1),
                new ClosedChannelException(),
                new EOFException(),
                new ZipException("not in GZIP format"),
                new IOException())) {
            assertThat(Reason.of(failure)).isNotBlank().doesNotContain("java", "Exception", "/a/b");
        }
    }

    @Test
    void aFolderInPlaceOfAFileIsNamed() throws IOException {
        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> InputFile.open(folder),
                () -> InputFile.bytes(folder),
                () -> InputFile.stream(folder),
                () -> Sha256.of(folder),
                () -> SealedText.JSON.read(folder, "go"))) {
            assertThatThrownBy(reading)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(folder + ": is a folder, but a file is needed");
        }
    }

    /** Opening a pipe waits for somebody who writes. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aPipeInPlaceOfAFileIsNamed() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> InputFile.open(pipe),
                () -> InputFile.bytes(pipe),
                () -> InputFile.stream(pipe),
                () -> Sha256.of(pipe))) {
            assertThatThrownBy(reading)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(pipe + ": is a pipe or device, but a file is needed");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
