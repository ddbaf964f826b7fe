// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.Progress;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.StepProgress;
import org.sllmr.training.TrainingListener;

/** Shows the progress of each epoch, and prints a line for it. */
public final class EpochProgress implements TrainingListener, AutoCloseable {
    private final Terminal terminal;
    private final String label;
    private @Nullable Progress progress;
    private @Nullable EpochProgress reference;
    private @Nullable Stages stages;
    private boolean teacherUseSaid;

    /**
     * A listener for one training.
     *
     * @param label what is trained, printed before the epoch; may be empty
     */
    public EpochProgress(Terminal terminal, String label) {
        this.terminal = terminal;
        this.label = label.isEmpty() ? "" : label + ", ";
    }

    @Override
    public synchronized void preparing(String stage, long done, long total) {
        if (stages == null) {
            stages = new Stages(terminal);
        }
        stages.progressed(label + stage, done, total);
    }

    private synchronized void prepared() {
        if (stages != null) {
            stages.close();
            stages = null;
        }
    }

    @Override
    public void resumed(List<EpochRecord> epochs) {
        prepared();
        terminal.say(label + "resumes after epoch " + epochs.size() + "");
    }

    @Override
    public void step(StepProgress step) {
        if (progress == null) {
            prepared();
            progress = terminal.progress(label + "epoch " + step.epoch(), step.steps());
        }
        progress.at(
                step.step(),
                String.format(
                        Locale.ROOT,
                        "loss %.4f%s, %,.0f samples/s",
                        step.objectiveLoss(),
                        step.guidanceLoss() == 0
                                ? ""
                                : String.format(Locale.ROOT, " + %.4f guidance", step.guidanceLoss()),
                        step.samplesPerSecond()));
    }

    @Override
    public void epoch(EpochRecord epoch) {
        if (!teacherUseSaid && epoch.guidance().use().isPresent()) {
            teacherUseSaid = true;
            end(label + epoch.guidance().use().get().sentence());
        }
        String line = String.format(
                Locale.ROOT,
                "%sepoch %d: loss %.4f%s%s",
                label,
                epoch.epoch(),
                epoch.objectiveLoss(),
                epoch.guidanceLoss() == 0 ? "" : String.format(Locale.ROOT, " + %.4f guidance", epoch.guidanceLoss()),
                judgement(epoch));
        end(line);
    }

    private void end(String line) {
        if (progress == null) {
            terminal.say(line);
        } else {
            progress.end(line);
            progress = null;
        }
    }

    /** Nothing where nothing is held out. */
    private static String judgement(EpochRecord epoch) {
        OptionalDouble auc = epoch.validation().auc().value();
        return auc.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, ", validation AUC %.4f%s", auc.getAsDouble(), epoch.best() ? ", best so far" : "");
    }

    @Override
    public TrainingListener reference() {
        reference = new EpochProgress(terminal, label + "backbone alone");
        return reference;
    }

    @Override
    public void close() {
        prepared();
        if (reference != null) {
            reference.close();
        }
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
