// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentsTest {
    private static final int SEGMENTS = 50;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5})
    void consecutiveSegmentsHaveTheBitsOfEachByItself(int length) {
        Random random = new Random(length);
        float[] x = new float[(SEGMENTS + 2) * length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian() * 10;
        }
        // A segment with a NaN, and one with two numbers that are equal.
        x[3 * length] = Float.NaN;
        x[5 * length] = x[6 * length - 1];
        int from = length;
        int to = from + SEGMENTS * length;

        float[] together = x.clone();
        Segments.subtractLargest(x, together, from, to, length);
        float[] each = x.clone();
        for (int at = from; at < to; at += length) {
            Segments.subtractLargest(x, each, at, at + length);
        }
        assertThat(together).containsExactly(each);

        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.exp(each[i]);
        }
        together = x.clone();
        Segments.divideBySum(together, from, to, length);
        each = x.clone();
        for (int at = from; at < to; at += length) {
            Segments.divideBySum(each, at, at + length);
        }
        assertThat(together).containsExactly(each);
        assertThat(together[0]).isEqualTo(x[0]);
        assertThat(together[to]).isEqualTo(x[to]);
    }
}
