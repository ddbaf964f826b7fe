// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.optimizer;

import java.util.Arrays;
import org.sllmr.model.kernel.AdamConstants;

/**
 * The constants of every Adam step so far, so that a step can be made long after its time.
 *
 * <p>Steps are numbered from 0; {@link #steps()} have been begun. One thread adds steps, others may read those that they
 * see in {@link #steps()}.
 */
public final class AdamSchedule {
    private final OptimizerSettings settings;
    private final double weightDecay;
    private final AdamConstants constants;
    private volatile Columns columns = new Columns(new float[1024], new float[1024], new float[1024]);
    private volatile int steps;
    private double power1 = 1;
    private double power2 = 1;

    /**
     * The constants of each step.
     *
     * @param stepSizes learning rate over (1 - beta1^t)
     * @param inverseRoots 1 / sqrt(1 - beta2^t)
     * @param shrinks factor by which decoupled weight decay shrinks the weight, 1 without
     */
    public record Columns(float[] stepSizes, float[] inverseRoots, float[] shrinks) {}

    /** A schedule without steps, for parameters with that weight decay. */
    public AdamSchedule(OptimizerSettings settings, double weightDecay) {
        this.settings = settings;
        this.weightDecay = weightDecay;
        this.constants = new AdamConstants(
                (float) (1 - settings.beta1()),
                (float) settings.beta2(),
                (float) (1 - settings.beta2()),
                (float) settings.epsilon(),
                settings.kind() == OptimizerSettings.Kind.ADAM ? (float) weightDecay : 0);
    }

    /** Adds a step with that learning rate and returns its number. */
    public int begin(double learningRate) {
        int step = steps;
        Columns current = columns;
        if (step == current.stepSizes.length) {
            current = new Columns(
                    Arrays.copyOf(current.stepSizes, 2 * step),
                    Arrays.copyOf(current.inverseRoots, 2 * step),
                    Arrays.copyOf(current.shrinks, 2 * step));
        }
        power1 *= settings.beta1();
        power2 *= settings.beta2();
        current.stepSizes[step] = (float) (learningRate / (1 - power1));
        current.inverseRoots[step] = (float) (1 / Math.sqrt(1 - power2));
        current.shrinks[step] =
                settings.kind() == OptimizerSettings.Kind.ADAMW ? (float) (1 - learningRate * weightDecay) : 1;
        columns = current;
        steps = step + 1;
        return step;
    }

    /**
     * Goes on after that many steps, whose constants are not kept: every parameter must have made them.
     *
     * @param made number of steps, 0 or more
     */
    public void restore(int made) {
        int capacity = Integer.highestOneBit(Math.max(512, made)) * 2;
        columns = new Columns(new float[capacity], new float[capacity], new float[capacity]);
        power1 = 1;
        power2 = 1;
        // By repeated products, as in training: a power computed at once can differ in its last bit.
        for (int step = 0; step < made; step++) {
            power1 *= settings.beta1();
            power2 *= settings.beta2();
        }
        steps = made;
    }

    /** Number of steps begun. */
    public int steps() {
        return steps;
    }

    /** The constants of all steps; entries from {@link #steps()} on mean nothing. */
    public Columns columns() {
        return columns;
    }

    /** The constants that no step changes. */
    public AdamConstants constants() {
        return constants;
    }

    /** Whether a parameter that never had a gradient stays where it is. */
    public boolean idleParametersRest() {
        return weightDecay == 0;
    }
}
