// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.sllmr.runs.grid.GridCell;

/**
 * Estimates how long runs will take from the mean time per training sample of finished runs: of the same cell, else of
 * the same backbone and framework on other data, else of the same backbone, else of all runs.
 */
final class TimeLeft {
    private final ToLongFunction<GridCell> samples;
    private final Map<GridCell, Tally> tallies = new LinkedHashMap<>();

    /** Creates an estimator. */
    TimeLeft(ToLongFunction<GridCell> samples) {
        this.samples = samples;
    }

    void learn(GridCell cell, double seconds) {
        Tally tally = tallies.computeIfAbsent(cell, absent -> new Tally());
        tally.seconds += seconds;
        tally.samples += samples.applyAsLong(cell);
    }

    /**
     * The estimated time.
     *
     * @param pending cells of the runs that have not started
     * @param running cell and seconds since the start of each running one
     * @param jobs number of runs at once
     */
    Optional<Duration> estimate(Collection<GridCell> pending, Collection<Running> running, int jobs) {
        double sum = 0;
        double longest = 0;
        for (GridCell cell : pending) {
            Optional<Double> seconds = seconds(cell);
            if (seconds.isEmpty()) {
                return Optional.empty();
            }
            sum += seconds.get();
            longest = Math.max(longest, seconds.get());
        }
        for (Running run : running) {
            Optional<Double> seconds = seconds(run.cell());
            if (seconds.isEmpty()) {
                return Optional.empty();
            }
            double rest = Math.max(0, seconds.get() - run.seconds());
            sum += rest;
            longest = Math.max(longest, rest);
        }
        return Optional.of(Duration.ofMillis((long) (1000 * Math.max(longest, sum / jobs))));
    }

    private Optional<Double> seconds(GridCell cell) {
        for (Predicate<GridCell> like : List.<Predicate<GridCell>>of(
                cell::equals,
                other -> other.backbone().equals(cell.backbone())
                        && other.framework().equals(cell.framework()),
                other -> other.backbone().equals(cell.backbone()),
                other -> true)) {
            Tally sum = new Tally();
            tallies.forEach((other, tally) -> {
                if (like.test(other)) {
                    sum.seconds += tally.seconds;
                    sum.samples += tally.samples;
                }
            });
            if (sum.samples > 0) {
                return Optional.of(sum.seconds / sum.samples * samples.applyAsLong(cell));
            }
        }
        return Optional.empty();
    }

    /** A run in progress. */
    record Running(GridCell cell, double seconds) {}

    private static final class Tally {
        private double seconds;
        private long samples;
    }
}
