// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.SealedText;
import org.sllmr.data.file.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The place of a run in a grid of runs. A run that was made there says so, so that a folder which was moved or copied to
 * another place is noticed by whoever reads it.
 *
 * @param grid identifies the grid
 * @param cell the run's cell, such as {@code beauty/dcnv2/none}
 * @param seed the run's seed
 */
record GridPlace(String grid, String cell, long seed) {
    /** What identifies a grid, in the folder of its runs. */
    private static final String IDENTITY = "grid.json";

    private static final Pattern SEED = Pattern.compile("seed-(-?\\d{1,19})");
    private static final int DIGITS = 32;
    private static final String REMEDY =
            "; put the right run back, or delete this one and start the experiment again, or read it elsewhere: copy it out"
                    + " of the grid's folder";

    /** What a grid is known by. */
    private record Identity(String grid) {}

    /**
     * Gives the grid whose runs are in a folder what it is known by, unless it has that.
     *
     * @param runs the folder; it is created if it is missing
     */
    static void identify(Path runs) {
        Path file = runs.resolve(IDENTITY);
        if (Files.exists(file)) {
            identity(file);
            return;
        }
        try {
            Files.createDirectories(runs);
            write(runs, Sha256.of(runs.toAbsolutePath() + " " + Instant.now()).substring(0, DIGITS));
        } catch (IOException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "cannot be written: " + Reason.of(e) + "; free some space or choose another folder");
        }
    }

    /** Says in a folder of runs what their grid is known by. */
    static void write(Path runs, String identity) throws IOException {
        SealedText.JSON.write(
                runs.resolve(IDENTITY), JsonMapper.shared().writeValueAsString(new Identity(identity)) + "\n");
    }

    private static String identity(Path file) {
        try {
            String text = SealedText.JSON.read(
                    file, "delete it, and start the experiment again, which checks every run and makes it anew");
            return JsonMapper.shared().readValue(text, Identity.class).grid();
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be read: " + Reason.of(e));
        } catch (JacksonException e) {
            throw new InvalidInputException(file.toString(), "is not what an experiment writes");
        }
    }

    /**
     * The place that a folder has in a grid: {@code runs/DATA/BACKBONE/FRAMEWORK/seed-N}.
     *
     * @return empty if it is in no grid, or in one of a version without such places
     */
    static Optional<GridPlace> of(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        int names = place.getNameCount();
        if (names < 5) {
            return Optional.empty();
        }
        Path file = place.resolve(Path.of("..", "..", "..", "..", IDENTITY)).normalize();
        Matcher seed = SEED.matcher(place.getFileName().toString());
        if (!seed.matches() || !Files.exists(file)) {
            return Optional.empty();
        }
        String cell = place.getName(names - 4) + "/" + place.getName(names - 3) + "/" + place.getName(names - 2);
        return Optional.of(new GridPlace(identity(file), cell, Long.parseLong(seed.group(1))));
    }

    /**
     * Requires that a run which is at this place was made at it.
     *
     * @param run the run's folder
     * @param made where it was made; empty where it says nothing of that
     * @param byItself whether it is a training of its own, and so of no grid
     */
    void require(Path run, Optional<GridPlace> made, boolean byItself) {
        String what = "";
        if (made.isEmpty()) {
            // Grids of earlier versions wrote nothing of it, and kept no state to go on from.
            what = byItself ? "is no run of this grid, but one that was trained by itself" : "";
        } else if (!made.get().equals(this)) {
            what = "is the run of " + made.get().cell() + " with seed "
                    + made.get().seed() + (made.get().grid().equals(grid) ? "" : " of another grid")
                    + ", moved or copied here";
        }
        if (!what.isEmpty()) {
            throw new InvalidInputException(run.toString(), what + REMEDY);
        }
    }
}
