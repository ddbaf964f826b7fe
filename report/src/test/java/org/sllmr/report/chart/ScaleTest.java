// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void coversTheDataWithAFewRoundTicks() {
        long seed = Long.getLong("sllmr.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2000; round++) {
            double size = Math.pow(10, random.nextInt(-4, 6));
            double minimum = random.nextDouble(-size, size);
            double maximum = minimum + random.nextDouble(0, size);
            Scale scale = Scale.covering(minimum, maximum, 4, 10, 200);
            String about = "seed " + seed + ": [" + minimum + ", " + maximum + "] gave " + scale;
            assertThat(scale.tick(0)).as(about).isLessThanOrEqualTo(minimum + scale.step() * 1e-6);
            assertThat(scale.tick(scale.steps())).as(about).isGreaterThanOrEqualTo(maximum - scale.step() * 1e-6);
            assertThat(scale.steps()).as(about).isBetween(1, 6);
            assertThat(scale.at(minimum)).as(about).isBetween(9.99, 200.01);
        }
    }

    @Test
    void ticksShowTheDigitsTheyNeed() {
        Scale scale = Scale.covering(0.62, 0.79, 4, 0, 100);
        assertThat(scale.label(0)).isEqualTo("0.60");
        assertThat(scale.label(scale.steps())).isEqualTo("0.80");
        assertThat(scale.at(0.7)).isCloseTo(50, within(1e-9));
        assertThat(Scale.covering(0, 1480, 4, 0, 1).label(3)).isEqualTo("1,500");
        assertThat(Scale.covering(-0.02, 0.03, 5, 0, 1).label(2)).isEqualTo("0.00");
    }

    @Test
    void aSingleValueHasAScale() {
        Scale scale = Scale.covering(0.5, 0.5, 4, 0, 100);
        assertThat(scale.at(0.5)).isBetween(0.0, 100.0);
        assertThat(Scale.covering(0, 0, 4, 0, 100).steps()).isPositive();
    }
}
