// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;

class NormalizationTest {
    private static float[] applied(Normalization normalization, float... scores) {
        float[] all = new float[scores.length + 2];
        all[0] = 0.9f;
        all[all.length - 1] = 0.1f;
        System.arraycopy(scores, 0, all, 1, scores.length);
        normalization.apply(all, 1, all.length - 1);
        assertThat(all[0]).as("other values are unchanged").isEqualTo(0.9f);
        assertThat(all[all.length - 1]).isEqualTo(0.1f);
        return Arrays.copyOfRange(all, 1, all.length - 1);
    }

    @Test
    void none() {
        assertThat(applied(new Normalization.None(), 0.2f, 0.7f)).containsExactly(0.2f, 0.7f);
    }

    @Test
    void minMax() {
        assertThat(applied(new Normalization.MinMax(), 0.25f, 0.75f, 0.5f)).containsExactly(0, 1, 0.5f);
        assertThat(applied(new Normalization.MinMax(), 0.3f, 0.3f)).containsExactly(0.5f, 0.5f);
        assertThat(applied(new Normalization.MinMax())).isEmpty();
    }

    @Test
    void rank() {
        assertThat(applied(new Normalization.Rank(), 0.9f, 0.1f, 0.5f, 0.5f, 0.2f))
                .containsExactly(1, 0, 0.625f, 0.625f, 0.25f);
        assertThat(applied(new Normalization.Rank(), 0.9f)).containsExactly(0.5f);
    }

    @Test
    void temperature() {
        assertThat(applied(new Normalization.Temperature(0.5), 0.5f, 1, 0))
                .containsExactly((float) Math.exp(-1), 1, (float) Math.exp(-2));
        assertThatThrownBy(() -> new Normalization.Temperature(0)).isInstanceOf(InvalidInputException.class);
    }
}
