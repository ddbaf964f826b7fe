// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sllmr.data.NumberColumn;
import org.sllmr.model.schema.NumberSettings.Form;

class NumberTransformTest {
    @Test
    void quantilesCutTheTrainingValues() {
        Random random = new Random(5);
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
        }
        NumberTransform cut = NumberTransform.fit(values, Form.QUANTILES, 10);
        int[] counts = new int[cut.rows()];
        for (float value : values) {
            counts[cut.row(value)]++;
        }
        // A third of the values is one number, which takes several parts.
        assertThat(cut.rows()).isBetween(7, 8);
        assertThat(counts[cut.row(0)]).isGreaterThan(300);
        assertThat(cut.row(-0f)).isEqualTo(cut.row(0));
        assertThat(cut.row(-100)).isZero();
        assertThat(cut.row(100)).isEqualTo(cut.rows() - 1);
        assertThat(NumberTransform.fit(new float[] {Float.NaN}, Form.QUANTILES, 10)
                        .rows())
                .isEqualTo(1);
        assertThat(NumberTransform.fit(new float[] {3, 3}, Form.STANDARDIZED, 10)
                        .weight(3))
                .isZero();
    }

    @Test
    void numbersAreCenteredAndScaled() {
        float[] values = {1, Float.NaN, 3, 5};
        NumberTransform standardized = NumberTransform.fit(values, Form.STANDARDIZED, 2);
        assertThat(standardized.weight(3)).isZero();
        assertThat(standardized.weight(5)).isCloseTo((float) Math.sqrt(1.5), within(1e-6f));
        NumberTransform logarithmic = NumberTransform.fit(new float[] {-7, 7}, Form.LOGARITHMIC, 2);
        assertThat(logarithmic.weight(7)).isCloseTo(1, within(1e-6f));
        assertThat(logarithmic.weight(-7)).isCloseTo(-1, within(1e-6f));
        assertThat(logarithmic.weight(0)).isCloseTo(0, within(1e-6f));
        EncodedNumbers encoded = standardized.encode(new NumberColumn("price", values));
        assertThat(encoded.row(1)).isEqualTo(-1);
        assertThat(encoded.weight(1)).isEqualTo(1);
        assertThat(encoded.row(0)).isZero();
        assertThat(encoded.row(99)).isEqualTo(-1);
    }

    @Test
    void columnsSideBySideAreTheColumns() {
        List<EncodedNumbers> alone = List.of(
                new EncodedNumbers("price", new int[] {0, -1, 7}, new float[] {-0.5f, 1, 3}),
                new EncodedNumbers("weight", new int[] {2, Integer.MAX_VALUE, -1}, new float[] {1, -0f, 1}));
        List<EncodedNumbers> together = EncodedNumbers.sideBySide(alone);
        for (int column = 0; column < alone.size(); column++) {
            assertThat(together.get(column).name()).isEqualTo(alone.get(column).name());
            for (int row = -1; row < 5; row++) {
                assertThat(together.get(column).row(row))
                        .isEqualTo(alone.get(column).row(row));
                assertThat(together.get(column).weight(row))
                        .isEqualTo(alone.get(column).weight(row));
            }
        }
        assertThat(together.get(1).row(1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(together.get(0).weight(0)).isEqualTo(-0.5f);
        assertThat(together.get(0).weight(-1)).isEqualTo(1);
        assertThat(EncodedNumbers.sideBySide(List.of())).isEmpty();
    }
}
