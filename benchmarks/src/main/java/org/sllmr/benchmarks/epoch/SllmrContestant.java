// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.util.concurrent.atomic.AtomicInteger;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.TimedSteps;
import org.sllmr.data.Seed;
import org.sllmr.model.CtrModel;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.training.StepProgress;

/** The product's trainer and model, in this process. */
final class SllmrContestant implements Contestant {
    /** Enough for the compiler to have seen every loop; later rounds find it compiled. */
    private static final int FIRST_WARM_UP = 2000;

    private static final int WARM_UP = 200;

    private final String name;
    private final String description;
    private final TableUpdates updates;
    private final TimedSteps training;
    private boolean warm;

    SllmrContestant(String name, String description, TableUpdates updates, TimedSteps training) {
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
        train(warm ? WARM_UP : FIRST_WARM_UP);
        warm = true;
        return train(steps);
    }

    private Measured train(int steps) {
        try (CtrModel model = CtrModel.create(
                training.workload().data(), PublishedSettings.model(updates, PublishedSettings.DROPOUT), new Seed(1))) {
            AtomicInteger done = new AtomicInteger();
            StepProgress last = training.run(model, steps, step -> done.incrementAndGet());
            int samples = Math.min(
                    last.step() * training.batch(),
                    training.workload().data().training().size());
            return new Measured(samples / last.samplesPerSecond(), last.step(), model.parameters());
        }
    }
}
