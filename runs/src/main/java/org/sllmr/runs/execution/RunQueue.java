// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sllmr.runs.grid.GridRun;

/**
 * Runs in the order in which threads take them.
 *
 * <p>Some need a backbone alone that another run trains at that time. They are taken later, so that no two train the
 * same one.
 */
final class RunQueue {
    /** Of each run that waits, what identifies its backbone alone. */
    private final Map<GridRun, Optional<String>> references = new LinkedHashMap<>();
    /** Who trains each at this time. */
    private final Map<String, GridRun> training = new HashMap<>();

    /**
     * A queue.
     *
     * @param runs in the order in which they are taken if nothing is shared
     * @param reference what identifies the backbone alone that a run trains first, if it trains one
     */
    RunQueue(List<GridRun> runs, Function<GridRun, Optional<String>> reference) {
        runs.forEach(run -> references.put(run, reference.apply(run)));
    }

    /** The next run, once there is one whose backbone alone no other run is training. One call for each run. */
    synchronized GridRun take() throws InterruptedException {
        while (true) {
            Optional<Map.Entry<GridRun, Optional<String>>> free = references.entrySet().stream()
                    .filter(entry ->
                            entry.getValue().filter(training::containsKey).isEmpty())
                    .findFirst();
            if (free.isPresent()) {
                GridRun run = free.get().getKey();
                free.get().getValue().ifPresent(shared -> training.put(shared, run));
                references.remove(run);
                return run;
            }
            wait();
        }
    }

    /** A run that was taken has its backbone alone, or has ended. */
    synchronized void trained(GridRun run) {
        if (training.values().remove(run)) {
            notifyAll();
        }
    }
}
