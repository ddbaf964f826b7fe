// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sllmr.model.kernel.MatrixKernels;
import org.sllmr.model.kernel.Parallel;

/** A network with random sizes, values and weights. */
final class InteractionWorld {
    final InteractionShape shape;
    final int rows;
    final float[] x;
    final float[] upstream;
    final List<float[]> weights = new ArrayList<>();
    final List<float[]> biases = new ArrayList<>();

    /** Draws one; in a dying network many maps are 0, whatever the fields are. */
    InteractionWorld(Random random, boolean dying) {
        int fields = 1 + random.nextInt(5);
        List<InteractionLayer> layers = new ArrayList<>();
        int before = fields;
        for (int i = 0; i <= random.nextInt(3); i++) {
            int maps = 1 + random.nextInt(20);
            int kept = 1 + random.nextInt(maps);
            layers.add(new InteractionLayer(maps, kept, random.nextInt(maps)));
            weights.add(floats(random, maps * fields * before, 0.5f));
            biases.add(floats(random, maps, 0.5f));
            if (dying) {
                kill(random, weights.get(i), biases.get(i));
            }
            before = kept;
        }
        shape = new InteractionShape(fields, 1 + random.nextInt(40), layers, dying || random.nextBoolean());
        rows = 1 + random.nextInt(40);
        x = floats(random, rows * fields * shape.dimension(), 1);
        upstream = floats(random, rows * shape.width(), 1);
    }

    List<float[]> pass(MatrixKernels kernels, Parallel parallel) {
        return pass(x, rows, upstream, kernels, parallel);
    }

    /** Of other rows: the sums of the maps, and the derivatives by the fields, the weights and the biases. */
    List<float[]> pass(float[] x, int rows, float[] upstream, MatrixKernels kernels, Parallel parallel) {
        InteractionTraining training = new InteractionTraining(new CompressedInteractions(kernels, shape));
        List<float[]> all = new ArrayList<>();
        // Twice, since memory is used again.
        training.forward(upsideDown(x), rows, weights, biases, parallel);
        all.add(training.forward(x, rows, weights, biases, parallel));
        List<float[]> weightGradients =
                weights.stream().map(w -> new float[w.length]).toList();
        List<float[]> biasGradients =
                biases.stream().map(b -> new float[b.length]).toList();
        all.add(training.backward(upstream, weightGradients, biasGradients, parallel));
        all.addAll(weightGradients);
        all.addAll(biasGradients);
        return all;
    }

    /** Equation 6, element by element. */
    double[] obvious() {
        return obvious(x);
    }

    /** The same of other fields. */
    double[] obvious(float[] x) {
        return obvious(x, new double[allMaps()]);
    }

    /** The largest value of each map, layer by layer. */
    double[] largestMaps() {
        double[] largest = new double[allMaps()];
        obvious(x, largest);
        return largest;
    }

    private int allMaps() {
        return shape.layers().stream().mapToInt(InteractionLayer::maps).sum();
    }

    private double[] obvious(float[] x, double[] largest) {
        int fields = shape.fields();
        double[] pooled = new double[rows * shape.width()];
        for (int row = 0; row < rows; row++) {
            for (int d = 0; d < shape.dimension(); d++) {
                double[] x0 = new double[fields];
                for (int i = 0; i < fields; i++) {
                    x0[i] = x[(row * fields + i) * shape.dimension() + d];
                }
                double[] maps = x0;
                int column = 0;
                int first = 0;
                for (int k = 0; k < weights.size(); k++) {
                    InteractionLayer layer = shape.layers().get(k);
                    int before = shape.before(k);
                    double[] next = new double[layer.maps()];
                    for (int m = 0; m < next.length; m++) {
                        next[m] = biases.get(k)[m];
                        for (int i = 0; i < fields; i++) {
                            for (int h = 0; h < before; h++) {
                                next[m] += weights.get(k)[(m * fields + i) * before + h] * x0[i] * maps[h];
                            }
                        }
                        next[m] = shape.rectified() ? Math.max(0, next[m]) : next[m];
                        if (m >= layer.pooledFrom()) {
                            pooled[row * shape.width() + column++] += next[m];
                        }
                    }
                    for (int m = 0; m < next.length; m++) {
                        largest[first + m] = Math.max(largest[first + m], next[m]);
                    }
                    first += next.length;
                    maps = next;
                }
            }
        }
        return pooled;
    }

    double loss() {
        double sum = 0;
        double[] pooled = obvious();
        for (int i = 0; i < pooled.length; i++) {
            sum += pooled[i] * upstream[i];
        }
        return sum;
    }

    private static void kill(Random random, float[] weights, float[] biases) {
        int each = weights.length / biases.length;
        for (int map = 0; map < biases.length; map++) {
            if (random.nextInt(3) > 0) {
                biases[map] = -0.5f - Math.abs(biases[map]);
                for (int i = map * each; i < (map + 1) * each; i++) {
                    weights[i] *= 1e-3f;
                }
            }
        }
    }

    private static float[] upsideDown(float[] x) {
        float[] copy = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            copy[i] = x[x.length - 1 - i];
        }
        return copy;
    }

    static float[] floats(Random random, int size, float scale) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = scale * (float) random.nextGaussian();
        }
        return values;
    }
}
