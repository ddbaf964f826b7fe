// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.Progress;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.TrainingListener;

/** Shows one stage of a quickstart at a time, and during training the number of complete runs. */
final class QuickstartProgress implements QuickstartListener, AutoCloseable {
    private final Terminal terminal;
    private final int runs;
    private int finished;
    private String stage = "";
    private @Nullable Progress progress;

    QuickstartProgress(Terminal terminal, int runs) {
        this.terminal = terminal;
        this.runs = runs;
    }

    @Override
    public synchronized void progressed(String nextStage, long done, long total) {
        show(nextStage, total).at(done, "");
    }

    @Override
    public TrainingListener training(String method, long seed) {
        return new TrainingListener() {
            @Override
            public void epoch(EpochRecord epoch) {
                at(String.format(
                        Locale.ROOT,
                        "%s, seed %d, epoch %d: loss %.4f, validation AUC %.4f, %,.0f samples/s",
                        method,
                        seed,
                        epoch.epoch(),
                        epoch.objectiveLoss(),
                        epoch.validation().auc().value().orElse(Double.NaN),
                        epoch.samplesPerSecond()));
            }

            @Override
            public TrainingListener reference() {
                return QuickstartProgress.this.training(method + " (backbone alone)", seed);
            }
        };
    }

    @Override
    public synchronized void finished(String method, long seed) {
        finished++;
        at(method + ", seed " + seed + " is done");
    }

    private synchronized void at(String detail) {
        show("training " + runs + " models", runs).at(finished, detail);
    }

    private Progress show(String nextStage, long total) {
        if (progress == null || !nextStage.equals(stage)) {
            close();
            stage = nextStage;
            progress = terminal.progress(nextStage, total);
        }
        return progress;
    }

    @Override
    public synchronized void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
