// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sllmr.model.interaction.CompressedInteractions;
import org.sllmr.model.interaction.InteractionShape;
import org.sllmr.model.interaction.InteractionTraining;
import org.sllmr.model.kernel.MatrixKernels;
import org.sllmr.model.kernel.Parallel;

/**
 * The compressed interaction network of xDeepFM (Lian et al. 2018, equation 6), without activation or with ReLU.
 *
 * @param shape sizes of the network
 * @param weights one a layer, {@code [maps, fields * maps of the layer before]}
 * @param biases one a layer, {@code [maps]}
 */
public record CompressedInteraction(InteractionShape shape, List<Parameter> weights, List<Parameter> biases)
        implements Operation {
    /** Multiplications from which on all processors take part: some tenths of a millisecond on one. */
    private static final long LARGE = 1 << 24;

    /** Copies the lists. */
    public CompressedInteraction {
        weights = List.copyOf(weights);
        biases = List.copyOf(biases);
    }

    /** Without and with a backward pass. */
    private record Work(CompressedInteractions network, InteractionTraining training) {}

    @Override
    public int width(int[] inputs) {
        if (inputs[0] != shape.fields() * shape.dimension()) {
            throw new IllegalArgumentException(
                    shape.fields() + " fields of " + shape.dimension() + " in a vector of " + inputs[0]);
        }
        return shape.width();
    }

    @Override
    public Object newWork() {
        CompressedInteractions network = new CompressedInteractions(MatrixKernels.fastest(), shape);
        return new Work(network, new InteractionTraining(network));
    }

    @Override
    public boolean synchronizes(boolean training) {
        return true;
    }

    @Override
    public void begin(Frame frame) {
        Work work = (Work) frame.work();
        int rows = frame.context.count(frame.axis);
        List<float[]> w = values(frame, weights);
        List<float[]> b = values(frame, biases);
        boolean trained = frame.gradient.length > 0;
        float[] pooled = trained
                ? work.training.forward(frame.inputs[0], rows, w, b, parallel(frame, rows))
                : work.network.score(frame.inputs[0], rows, w, b, parallel(frame, rows));
        System.arraycopy(pooled, 0, frame.value, 0, rows * frame.width);
    }

    private Parallel parallel(Frame frame, int rows) {
        long ofElement = weights.stream().mapToLong(Parameter::size).sum();
        return ofElement * shape.dimension() * rows < LARGE ? Parallel.CALLER : frame.context.parallel;
    }

    private static List<float[]> values(Frame frame, List<Parameter> parameters) {
        List<float[]> values = new ArrayList<>();
        for (Parameter parameter : parameters) {
            values.add(Arrays.copyOfRange(
                    frame.context.parameters, parameter.offset(), parameter.offset() + parameter.size()));
        }
        return values;
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(weights);
        all.addAll(biases);
        return all;
    }

    @Override
    public void forward(Frame frame, int from, int to) {}

    @Override
    public void beginBackward(Frame frame) {
        Work work = (Work) frame.work();
        int rows = frame.context.count(frame.axis);
        List<float[]> byWeights = weights.stream().map(w -> new float[w.size()]).toList();
        List<float[]> byBiases = biases.stream().map(b -> new float[b.size()]).toList();
        float[] pooled = Arrays.copyOf(frame.gradient, rows * frame.width);
        float[] x = work.training.backward(pooled, byWeights, byBiases, parallel(frame, rows));
        Runs.copy(frame.context.kernels, x, 0, frame.inputGradients[0], 0, rows * frame.widths[0], frame.adds[0]);
        for (int layer = 0; layer < weights.size(); layer++) {
            add(frame, byWeights.get(layer), weights.get(layer));
            add(frame, byBiases.get(layer), biases.get(layer));
        }
    }

    private static void add(Frame frame, float[] gradient, Parameter parameter) {
        Runs.copy(
                frame.context.kernels, gradient, 0, frame.context.gradients, parameter.offset(), gradient.length, true);
    }

    @Override
    public void backward(Frame frame, int from, int to) {}

    @Override
    public boolean affine() {
        return false;
    }
}
