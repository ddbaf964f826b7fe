// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LiveMapsTest {
    private static LiveMaps of(InteractionShape shape, List<float[]> weights, List<float[]> biases) {
        LiveMaps live = new LiveMaps(shape);
        for (int layer = 0; layer < weights.size(); layer++) {
            live.take(layer, weights.get(layer), 0, biases.get(layer), 0);
        }
        return live;
    }

    /** Two fields of at most 2 and 3 in one map: |w| X M = (|1| 2 + |-1| 2 + |1| 3 + |1| 3) 3 = 30. */
    @Test
    void biasesAreComparedWithTheLargestSum() {
        InteractionShape shape = new InteractionShape(2, 1, List.of(new InteractionLayer(3, 3, 0)), true);
        float[] weights = {1, -1, 1, 1, 1, -1, 1, 1, 0, 0, 0, 0};
        LiveMaps live = of(shape, List.of(weights), List.of(new float[] {-29.9f, -30.1f, -1e-30f}));

        live.find(new float[] {2, 3});

        assertThat(Arrays.copyOf(live.maps(0), live.count(0))).containsExactly(0);
        assertThat(live.kept(0)).isEqualTo(1);
        assertThat(live.isWhole(0)).isFalse();
    }

    @Test
    void mapsThatAreNotRectifiedStay() {
        InteractionShape shape = new InteractionShape(1, 1, List.of(new InteractionLayer(2, 1, 1)), false);
        LiveMaps live = of(shape, List.of(new float[2]), List.of(new float[] {-1, -1}));
        live.find(new float[] {1});
        assertThat(live.isWhole(0)).isTrue();
        assertThat(live.kept(0)).isEqualTo(1);
    }

    @Test
    void whatIsNotANumberStays() {
        InteractionShape shape = new InteractionShape(1, 1, List.of(new InteractionLayer(1, 1, 0)), true);
        LiveMaps live = of(shape, List.of(new float[] {1}), List.of(new float[] {-1}));
        live.find(new float[] {Float.NaN});
        assertThat(live.count(0)).isEqualTo(1);
    }

    /** (|w| X) M is 0 in single precision, but w (X M) is 1e-30. */
    @Test
    void whatIsTooSmallForTheBoundStays() {
        InteractionShape shape = new InteractionShape(2, 1, List.of(new InteractionLayer(1, 1, 0)), true);
        LiveMaps live = of(shape, List.of(new float[] {0, 1e-30f, 0, 0}), List.of(new float[1]));
        live.find(new float[] {1e-20f, 1e20f});
        assertThat(live.count(0)).isEqualTo(1);
    }

    /** The judge computes every map of every row. */
    @RepeatedTest(30)
    void nothingAboveZeroIsLeftOut(RepetitionInfo repetition) {
        InteractionWorld world = new InteractionWorld(new Random(repetition.getCurrentRepetition()), true);
        InteractionShape shape = world.shape;
        LiveMaps live = of(shape, world.weights, world.biases);
        float[] largest = new float[shape.fields()];
        for (int i = 0; i < world.x.length; i++) {
            int field = i / shape.dimension() % shape.fields();
            largest[field] = Math.max(largest[field], Math.abs(world.x[i]));
        }
        live.find(largest);

        double[] most = world.largestMaps();
        int at = 0;
        for (int layer = 0; layer < shape.layers().size(); layer++) {
            List<Integer> found = Arrays.stream(live.maps(layer))
                    .limit(live.count(layer))
                    .boxed()
                    .toList();
            for (int map = 0; map < shape.layers().get(layer).maps(); map++) {
                if (!found.contains(map)) {
                    assertThat(most[at + map])
                            .as("map %d of layer %d", map, layer)
                            .isZero();
                }
            }
            at += shape.layers().get(layer).maps();
        }
    }
}
