// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Parameters side by side in one flat native block, their gradients in another; the tensors that layers use are views.
 *
 * <p>So an optimizer reads all gradients and writes all weights with one copy each, and nothing is zeroed or copied one
 * tensor at a time. Each parameter starts at a multiple of 16 floats; the padding is 0 and stays 0.
 */
public final class ParameterBuffer implements AutoCloseable {
    private static final int ALIGNMENT = 16;

    private final List<Parameter> parameters;
    private final int[] offsets;
    private final int size;
    private final long trained;
    private final NativeFloats data = new NativeFloats();
    private final NativeFloats gradients = new NativeFloats();

    ParameterBuffer(List<Parameter> parameters, List<float[]> values, boolean differentiable) {
        this.parameters = List.copyOf(parameters);
        this.offsets = new int[parameters.size()];
        int end = 0;
        long sum = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = end;
            int length = parameters.get(i).size();
            sum += length;
            end = Math.addExact(end, (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        }
        this.size = end;
        this.trained = sum;
        data.zero(size);
        if (differentiable) {
            gradients.zero(size);
        }
        try (PointerScope scope = new PointerScope()) {
            for (int i = 0; i < offsets.length; i++) {
                Parameter parameter = parameters.get(i);
                at(data, offsets[i]).put(values.get(i), 0, values.get(i).length);
                Tensor tensor = view(data, i);
                if (differentiable) {
                    tensor.set_requires_grad(true);
                    tensor.mutable_grad().put(view(gradients, i));
                }
                tensor.retainReference();
                parameter.tensor(tensor);
            }
        }
    }

    private FloatPointer at(NativeFloats block, int offset) {
        return block.pointer(size).getPointer(offset);
    }

    private Tensor view(NativeFloats block, int index) {
        int[] lengths = parameters.get(index).shape();
        long[] shape = new long[lengths.length];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = lengths[d];
        }
        return torch.from_blob(at(block, offsets[index]), shape);
    }

    /** The parameters, in order. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** First float of a parameter in {@link #read} and {@link #write}. */
    public int offset(int parameter) {
        return offsets[parameter];
    }

    /** Floats of the block, padding included. */
    public int size() {
        return size;
    }

    /** Floats without padding. */
    public long trained() {
        return trained;
    }

    /** Copies all values out. */
    public void read(float[] target) {
        if (size > 0) {
            data.pointer(size).get(target, 0, size);
        }
    }

    /** Copies all values in. */
    public void write(float[] source) {
        if (size > 0) {
            data.pointer(size).put(source, 0, size);
        }
    }

    /** Sets all gradients to 0. */
    public void zeroGradients() {
        gradients.zero(size);
    }

    /** Copies all gradients out. */
    public void readGradients(float[] target) {
        gradients.pointer(size).get(target, 0, size);
    }

    @Override
    public void close() {
        for (Parameter parameter : parameters) {
            parameter.tensor().releaseReference();
        }
        data.close();
        gradients.close();
    }
}
