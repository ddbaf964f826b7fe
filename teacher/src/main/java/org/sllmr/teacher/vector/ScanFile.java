// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.ColumnFile;
import org.sllmr.data.file.Unfinished;

/**
 * The file in which a search for {@link NearestItems} keeps its state, so that a stopped one goes on.
 *
 * @param file where it is; null if nothing is kept
 * @param interval time between two savings; a search that takes less writes nothing unless it is stopped
 * @param owner what the search is for: another owner's state is not used
 */
public record ScanFile(@Nullable Path file, Duration interval, String owner) {
    /** Keeps nothing. */
    public static final ScanFile NONE = new ScanFile(null, Duration.ZERO, "");

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final String SUFFIX = ".unfinished";
    private static final ColumnFile.Format FORMAT = new ColumnFile.Format(
            "sllmr unfinished nearest items", 1, "the search for nearest items starts from the beginning");

    /**
     * What a state belongs to and how far it is.
     *
     * @param inputs hash of everything that decides the result
     * @param from see {@link ScanPosition}
     * @param to see {@link ScanPosition}
     * @param items see {@link ScanPosition}
     */
    private record Header(String inputs, int from, int to, int items) {}

    /** The file beside one that is made with the nearest items: its name with {@code .unfinished} added. */
    public static ScanFile beside(Path out) {
        return new ScanFile(out.resolveSibling(out.getFileName() + SUFFIX), INTERVAL, "");
    }

    /** The same with another time between two savings. */
    public ScanFile every(Duration time) {
        return new ScanFile(file, time, owner);
    }

    /** The same for a certain use, such as the settings of a plan. */
    public ScanFile of(String use) {
        return new ScanFile(file, interval, use);
    }

    /** Removes the file if it exists, and what killed processes left beside it. */
    public void delete() {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException locked) {
            // It only takes space: a later search with other inputs does not use it.
        }
        Unfinished.clear(file);
    }

    /**
     * Reads a state into {@code top}.
     *
     * @return where to go on, or nothing if there is no file
     * @throws InvalidInputException if the state is damaged or one of other inputs; {@code top} is then unchanged
     */
    static Optional<ScanPosition> read(Path file, String inputs, TopItems top) throws IOException {
        Unfinished.clear(file);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        ColumnFile.Contents<Header> contents = ColumnFile.read(
                file,
                FORMAT,
                Header.class,
                List.of(ColumnFile.Type.INTS, ColumnFile.Type.INTS, ColumnFile.Type.FLOATS));
        Header header = contents.header();
        if (!header.inputs().equals(inputs)) {
            throw refused(file, "was left by a command with other data, vectors, settings or seed");
        }
        if (header.from() < 0
                || header.to() < header.from()
                || header.to() > top.users()
                || header.items() < 0
                || !top.restore(contents.ints(0), contents.ints(1), contents.floats(2))) {
            throw refused(file, "is damaged: its contents do not fit together");
        }
        return Optional.of(new ScanPosition(header.from(), header.to(), header.items()));
    }

    private static InvalidInputException refused(Path file, String why) {
        return new InvalidInputException(file.toString(), why + "; " + FORMAT.remedy());
    }

    /** Writes a state, whole or not at all. */
    static void write(Path file, String inputs, ScanPosition position, TopItems top) throws IOException {
        ColumnFile.write(
                file, FORMAT, new Header(inputs, position.from(), position.to(), position.items()), top.columns());
    }
}
