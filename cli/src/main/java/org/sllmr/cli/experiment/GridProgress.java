// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.experiment;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.Progress;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.RunMetrics;
import org.sllmr.runs.execution.GridListener;
import org.sllmr.runs.execution.RunOutcome;
import org.sllmr.runs.grid.GridRun;
import org.sllmr.training.EpochRecord;

/** Shows how many runs are done and the remaining time, and prints a line for each run. */
final class GridProgress implements GridListener, AutoCloseable {
    private final Terminal terminal;
    private int done;
    private @Nullable Progress progress;

    GridProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void opening(String what) {
        at("reading " + what);
    }

    @Override
    public void epoch(GridRun run, String part, EpochRecord epoch) {
        at(String.format(
                Locale.ROOT,
                "%s%s epoch %d: validation AUC %.4f, %,.0f samples/s",
                run.name(),
                part.isEmpty() ? "" : ", " + part + ",",
                epoch.epoch(),
                epoch.validation().auc().value().orElse(Double.NaN),
                epoch.samplesPerSecond()));
    }

    @Override
    public void finished(RunOutcome outcome, GridListener.Standing now) {
        done = now.done();
        String left = now.left().isEmpty() || now.left().get().isZero()
                ? ""
                : ", about " + time(now.left().get()) + " left";
        String standing = now.done() + " of " + now.total() + " runs"
                + (now.failed() > 0 ? ", " + now.failed() + " failed" : "") + left + "; ";
        if (outcome instanceof RunOutcome.Finished finished) {
            RunMetrics metrics = finished.contents().metrics();
            terminal.say(String.format(
                    Locale.ROOT,
                    "%s%s: validation AUC %.4f %s, %s",
                    standing,
                    outcome.name(),
                    metrics.validation().value(SampleMetric.AUC).orElse(Double.NaN),
                    metrics.keptEpoch().isPresent()
                            ? "at epoch " + metrics.bestEpoch() + " of " + metrics.epochs()
                            : "of the backbone alone, which none of " + metrics.epochs() + " guided epochs exceeds",
                    time(finished.contents().provenance().duration())));
        } else if (outcome instanceof RunOutcome.Failed failed) {
            terminal.say(standing + outcome.name() + " failed: " + failed.message());
        }
        at(outcome.name() + " has ended");
    }

    private static String time(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds % 3600 / 60);
    }

    private void at(String detail) {
        if (progress == null) {
            progress = terminal.progress("runs done", 0);
        }
        progress.at(done, detail);
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
