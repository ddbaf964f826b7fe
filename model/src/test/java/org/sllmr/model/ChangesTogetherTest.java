// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.optimizer.AdamRest;
import org.sllmr.model.optimizer.AdamSchedule;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.optimizer.OptimizerSettings.Kind;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;

class ChangesTogetherTest {
    private static final Kernels KERNELS = EngineKernels.fastest().rows();
    private static final int SINCE = 500;
    private static final int STEPS = 6;
    private static final int WIDTH = 3;
    private static final double RATE = 0.003;
    /** Weights and moments of a row in the middle of a training, whose gradients are some .1. */
    private static final List<float[]> BEFORE = List.of(
            new float[] {0.5f, -1.2f, 0.03f}, new float[] {0.01f, -0.02f, 0}, new float[] {0.0040f, 0.0052f, 0.0038f});

    private static final float[] STATISTICS = {1, 2};

    private final AdamSchedule schedule = schedule();

    private static AdamSchedule schedule() {
        OptimizerSettings settings =
                new OptimizerSettings(Kind.ADAM, TableUpdates.DENSE, RATE, 0.9, 0.999, 1e-8, 2e-5, 2e-5, 0);
        AdamSchedule schedule = new AdamSchedule(settings, 2e-5);
        for (int step = 0; step < SINCE + STEPS; step++) {
            schedule.begin(RATE);
        }
        return schedule;
    }

    /** The row after all steps, with a gradient in some of them; a step without one moves it, or lets it rest. */
    private List<float[]> train(Map<Integer, Float> gradients, boolean everyStep) {
        List<float[]> row = BEFORE.stream()
                .map(block -> Arrays.copyOf(block, Math.max(WIDTH, KERNELS.lanes())))
                .toList();
        AdamSchedule.Columns columns = schedule.columns();
        for (int step = SINCE; step < SINCE + STEPS; step++) {
            float[] gradient = new float[row.get(0).length];
            Arrays.fill(gradient, 0, WIDTH, gradients.getOrDefault(step - SINCE, 0f));
            if (everyStep || gradients.containsKey(step - SINCE)) {
                KERNELS.adam(
                        schedule.constants(),
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        0,
                        gradient,
                        0,
                        gradient.length,
                        columns.stepSizes()[step],
                        columns.inverseRoots()[step],
                        columns.shrinks()[step]);
            }
        }
        return row.stream().map(block -> Arrays.copyOf(block, WIDTH)).toList();
    }

    /** Row 7 and the network are moved by the same gradients. */
    private StepChange place(Map<Integer, Float> gradients, boolean everyStep) {
        List<float[]> row = train(gradients, everyStep);
        List<float[]> network = train(gradients, true);
        return new StepChange(
                SINCE,
                SINCE + STEPS,
                RATE,
                gradients.isEmpty() ? new int[0] : new int[] {7},
                gradients.isEmpty() ? new int[0] : new int[] {gradients.size()},
                gradients.isEmpty() ? List.of(new float[0], new float[0], new float[0]) : row,
                List.of(network.get(0), network.get(1), network.get(2), new float[] {gradients.size(), 2}));
    }

    private StepChange together(boolean everyStep, List<StepChange> changes) {
        ChangesTogether together = new ChangesTogether(changes);
        List<float[]> network = List.of(BEFORE.get(0), BEFORE.get(1), BEFORE.get(2), STATISTICS);
        AdamRest rest = new AdamRest(KERNELS, schedule);
        return together.change(BEFORE, network, rest, everyStep, rest);
    }

    /**
     * Gradients of different steps have no products: moments are those of one place, weights nearly so. Where rows rest without
     * a gradient, a place does not know of the steps that others move them in, so that momentum decays later.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void placesThatTakeTurnsAreAsOne(boolean everyStep) {
        Map<Integer, Float> all = new TreeMap<>(Map.of(0, 0.09f, 1, -0.05f, 3, 0.12f, 4, 0.04f));
        StepChange together = together(
                everyStep,
                List.of(
                        place(new TreeMap<>(Map.of(0, 0.09f, 4, 0.04f)), everyStep),
                        place(Map.of(1, -0.05f), everyStep),
                        place(Map.of(), everyStep),
                        place(Map.of(3, 0.12f), everyStep)));

        assertThat(together.rows()).containsExactly(7);
        assertThat(together.counts()).containsExactly(4);
        if (everyStep) {
            requireNear(together.rowBlocks(), train(all, true), 1e-3);
        } else {
            for (int index = 0; index < WIDTH; index++) {
                double moved = train(all, false).get(0)[index] - BEFORE.get(0)[index];
                assertThat((double) together.rowBlocks().get(0)[index] - BEFORE.get(0)[index])
                        .isCloseTo(moved, within(RATE / 5));
            }
        }
        requireNear(together.network(), train(all, true), 1e-3);
        assertThat(together.network().get(3)).containsExactly(1, 2);
    }

    /** Parts of the same batches: only the products of their gradients are missing in the second moment. */
    @Test
    void partsOfABatchAreAsTheBatch() {
        StepChange together = together(
                true,
                List.of(
                        place(new TreeMap<>(Map.of(0, 0.05f, 1, 0.02f, 2, -0.03f)), true),
                        place(new TreeMap<>(Map.of(0, 0.04f, 1, -0.06f, 2, 0.01f)), true)));
        List<float[]> batch = train(new TreeMap<>(Map.of(0, 0.09f, 1, -0.04f, 2, -0.02f)), true);

        requireNear(together.rowBlocks(), batch, 0.02);
        requireNear(together.network(), batch, 0.02);
    }

    /** First moments are equal but for rounding; so, within a tolerance, are the movement and what second moments gained. */
    private static void requireNear(List<float[]> actual, List<float[]> expected, double tolerance) {
        for (int index = 0; index < WIDTH; index++) {
            double moved = expected.get(0)[index] - BEFORE.get(0)[index];
            assertThat((double) actual.get(0)[index] - BEFORE.get(0)[index])
                    .isCloseTo(moved, within(tolerance * Math.abs(moved) + 1e-6));
            assertThat(actual.get(1)[index]).isCloseTo(expected.get(1)[index], within(1e-7f));
            assertThat(actual.get(2)[index])
                    .isCloseTo(expected.get(2)[index], within((float) tolerance * expected.get(2)[index]));
        }
    }

    @Test
    void aRowThatOnePlaceAloneHasMovedIsWhatItBecameThere() {
        StepChange one = place(Map.of(2, 0.3f), true);
        StepChange together = together(true, List.of(place(Map.of(), true), one, place(Map.of(), true)));

        for (int block = 0; block < 3; block++) {
            assertThat(together.rowBlocks().get(block))
                    .containsExactly(one.rowBlocks().get(block));
        }
    }

    @Test
    void placesThatHaveChangedNoRowChangeNone() {
        StepChange none = place(Map.of(), true);
        ChangesTogether together = new ChangesTogether(List.of(none, none));
        List<float[]> noRows = List.of(new float[0], new float[0], new float[0]);
        List<float[]> network = List.of(BEFORE.get(0), BEFORE.get(1), BEFORE.get(2), STATISTICS);
        AdamRest rest = new AdamRest(KERNELS, schedule);
        StepChange change = together.change(noRows, network, rest, true, rest);

        assertThat(change.rows()).isEmpty();
        assertThat(change.network().get(0)).containsExactly(none.network().get(0));
    }

    @Test
    void changesOfDifferentStepsAreRefused() {
        StepChange one = place(Map.of(), true);
        StepChange other = new StepChange(
                SINCE + 1, SINCE + STEPS, RATE, one.rows(), one.counts(), one.rowBlocks(), one.network());

        assertThatThrownBy(() -> new ChangesTogether(List.of(one, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("changes of different steps");
    }
}
