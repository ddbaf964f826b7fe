// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.supervision.Supervision;

class GuidanceScheduleTest {
    /** A loss of 2 with derivative 1 by the first logit. */
    private static final Regularizer CONSTANT = new Regularizer() {
        @Override
        public Supervision select(Instances samples, Seed step) {
            return Supervision.NONE;
        }

        @Override
        public double apply(Supervision supervision, float[] logits, float[] gradient, Resampler resampler) {
            gradient[0] += 1;
            return 2;
        }

        @Override
        public GuidanceReport report() {
            return GuidanceReport.NONE;
        }
    };

    @Test
    void isLinearAndThenConstant() {
        GuidanceSchedule warmUp = new GuidanceSchedule(0, 1, 5);
        assertThat(warmUp.factor(1)).isZero();
        assertThat(warmUp.factor(2)).isEqualTo(0.25, within(1e-12));
        assertThat(warmUp.factor(4)).isEqualTo(0.75, within(1e-12));
        assertThat(warmUp.factor(5)).isEqualTo(1);
        assertThat(warmUp.factor(50)).isEqualTo(1);
        assertThat(new GuidanceSchedule(3, 0.5, 1).factor(1)).isEqualTo(0.5);
        assertThat(GuidanceSchedule.defaults().factor(7)).isEqualTo(1);
    }

    @Test
    void scalesItsLossAndDerivativesOnly() {
        Regularizer scheduled = new GuidanceSchedule(0.5, 3, 2).of(CONSTANT);
        float[] gradient = {10, 20};
        scheduled.beforeEpoch(start(1));
        assertThat(scheduled.apply(Supervision.NONE, new float[2], gradient, () -> gradient))
                .isEqualTo(1);
        assertThat(gradient).containsExactly(10.5f, 20);
        scheduled.beforeEpoch(start(2));
        assertThat(scheduled.apply(Supervision.NONE, new float[2], gradient, () -> gradient))
                .isEqualTo(6);
        assertThat(gradient).containsExactly(13.5f, 20);
    }

    @Test
    void withoutAScheduleTheRegularizerIsItself() {
        assertThat(GuidanceSchedule.defaults().of(CONSTANT)).isSameAs(CONSTANT);
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> new GuidanceSchedule(-1, 1, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("first: is -1")
                .hasMessageContaining("epochs: is 0");
    }

    private static EpochStart start(int epoch) {
        return new EpochStart(
                epoch,
                (log, rows) -> new float[rows.size()],
                (trained, gradient, asked) -> new float[asked.size()],
                new Seed(1));
    }
}
