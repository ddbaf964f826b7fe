// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The replicas in this process that no task uses, by training. They go when memory is short. */
final class Replicas {
    private static final Map<String, List<SoftReference<Replica>>> FREE = new HashMap<>();

    private Replicas() {}

    /** A replica for a task alone: one that follows the history, best with the share's order; otherwise a new one. */
    static Replica take(SentTraining training, History history, int share) {
        synchronized (FREE) {
            List<SoftReference<Replica>> free = FREE.getOrDefault(training.id(), List.of());
            List<Replica> known = new ArrayList<>(free.stream()
                    .map(SoftReference::get)
                    .filter(Objects::nonNull)
                    .toList());
            known.sort(Comparator.<Replica>comparingInt(replica -> replica.follows(history) ? 0 : 1)
                    .thenComparingInt(replica -> replica.had(share) ? 0 : 1));
            if (!known.isEmpty()) {
                Replica taken = known.get(0);
                free.removeIf(reference -> reference.get() == null || reference.get() == taken);
                return taken;
            }
        }
        return training.replica();
    }

    /** Gives one back. */
    static void give(SentTraining training, Replica replica) {
        synchronized (FREE) {
            FREE.computeIfAbsent(training.id(), id -> new ArrayList<>()).add(new SoftReference<>(replica));
        }
    }

    /** Drops those of a training that has ended, if it was in this process. */
    static void drop(SentTraining training) {
        synchronized (FREE) {
            FREE.remove(training.id());
        }
    }
}
