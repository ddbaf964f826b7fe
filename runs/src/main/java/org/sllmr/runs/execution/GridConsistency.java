// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.runs.Blend;
import org.sllmr.runs.Fingerprint;
import org.sllmr.runs.Provenance;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.grid.GridCell;

/**
 * Finds run folders that cannot be where they are: copied or moved from another place of the grid, or from another
 * grid. Their results would be reported under a name that is not theirs.
 *
 * <p>Only what the folders say is used. Whether a run has the settings of the grid's file is checked before it is
 * executed.
 */
final class GridConsistency {
    private static final String SEED = "seed";
    private static final String REMEDY =
            "; a run is in the wrong place: put the right run back, or delete it and start the experiment again";

    private final Map<GridCell, Seen> cells = new LinkedHashMap<>();
    private final Map<String, Seen> datasets = new LinkedHashMap<>();
    private final Map<Origin, RunFolder> origins = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** The first run of its kind, and its entries. */
    private record Seen(RunFolder run, Fingerprint entries) {}

    /** What no two runs share: a training, and how it is served. */
    private record Origin(Provenance training, Optional<Blend> blend) {}

    /** Opens a run; one that is not whole, or says that it was made elsewhere, is noted. */
    Optional<RunFolder> open(Path run) {
        try {
            return Optional.of(RunFolder.open(run));
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /** Looks at the run that is in a cell's folder of a seed. */
    void add(GridCell cell, long seed, RunFolder run) {
        long its = run.contents().provenance().seed();
        RunFolder origin = origins.putIfAbsent(new Origin(run.contents().provenance(), run.blend()), run);
        if (origin != null) {
            problem(run, "is a copy of " + origin.path());
            return;
        }
        if (its != seed) {
            problem(run, "is a run with seed " + its + ", which its name contradicts");
            return;
        }
        Map<String, String> entries;
        try {
            entries = new TreeMap<>(Fingerprint.of(run).entries());
        } catch (InvalidInputException settingsOfAnotherVersion) {
            return;
        }
        entries.remove(SEED);
        Fingerprint all = new Fingerprint(entries);
        Seen same = cells.putIfAbsent(cell, new Seen(run, all));
        if (same != null && !same.entries().equals(all)) {
            problem(run, "differs from " + same.run().path() + " in more than the seed: " + differences(same, all));
            return;
        }
        Fingerprint inputs = all.inputs();
        Seen data = datasets.get(cell.data());
        // Runs without guidance know no scores.
        if (data == null || inputs.entries().size() > data.entries().entries().size()) {
            datasets.put(cell.data(), new Seen(run, inputs));
        }
        if (data != null && !shared(data.entries(), inputs).equals(shared(inputs, data.entries()))) {
            problem(run, "has other inputs than " + data.run().path() + ": " + differences(data, inputs));
        }
    }

    /**
     * Requires that every run can be where it is.
     *
     * @throws InvalidInputException naming all that cannot
     */
    void require() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private void problem(RunFolder run, String what) {
        problems.add(new Problem(run.path().toString(), what + REMEDY));
    }

    private static String differences(Seen there, Fingerprint here) {
        return here.differences(there.entries());
    }

    private static Map<String, String> shared(Fingerprint some, Fingerprint others) {
        Map<String, String> kept = new TreeMap<>(some.entries());
        kept.keySet().retainAll(others.entries().keySet());
        return kept;
    }
}
