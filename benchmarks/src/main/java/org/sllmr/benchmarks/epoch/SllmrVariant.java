// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.TimedSteps;
import org.sllmr.data.Seed;
import org.sllmr.model.Model;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.training.StepProgress;

/** The trainer and model of sllmr, in this process. */
final class SllmrVariant implements TimedVariant {
    private static final int LATER_WARM_UP = 200;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final String name;
    private final String description;
    private final PublishedSettings settings;
    private final TableUpdates updates;
    private final TimedSteps training;
    private final int firstWarmUp;
    private boolean warm;

    /** A variant of sllmr; its first warm-up is longer, because it compiles the loops. */
    SllmrVariant(
            String name,
            String description,
            PublishedSettings settings,
            TableUpdates updates,
            TimedSteps training,
            int firstWarmUp) {
        this.settings = settings;
        this.firstWarmUp = firstWarmUp;
        this.name = name;
        this.description = description;
        this.updates = updates;
        this.training = training;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Measured run(int steps) {
        train(warm ? Math.min(LATER_WARM_UP, firstWarmUp) : firstWarmUp);
        warm = true;
        return train(steps);
    }

    private Measured train(int steps) {
        Model model = settings.model(updates, true).create(training.workload().data(), new Seed(1));
        long[] processor = new long[2];
        StepProgress last = training.run(model, steps, step -> {
            if (step.step() == 1) {
                processor[0] = PROCESS.getProcessCpuTime();
            }
            processor[1] = PROCESS.getProcessCpuTime();
        });
        int samples = Math.min(
                last.step() * training.batch(),
                training.workload().data().training().size());
        // The listener is first called after step 1, so step 1 counts with the mean time of the others.
        double perStep = (processor[1] - processor[0]) / 1e9 / Math.max(1, last.step() - 1);
        return new Measured(samples / last.samplesPerSecond(), perStep * last.step(), last.step(), model.parameters());
    }
}
