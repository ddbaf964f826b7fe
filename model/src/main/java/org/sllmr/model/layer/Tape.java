// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Operations of a forward pass that the tensor library cannot back-propagate, because they are made in Java memory.
 *
 * <p>To the library their output is an input like any other. When its own backward pass has left a gradient there, the
 * tape passes it on: the last operation first.
 */
public final class Tape implements AutoCloseable {
    private final List<Entry> entries = new ArrayList<>();

    /** Derivatives of an operation. */
    @FunctionalInterface
    interface Backward {
        /**
         * Adds the derivatives by the operation's parameters to their gradients.
         *
         * @param gradient derivative by the output
         * @return derivative by the input
         */
        float[] apply(float[] gradient);
    }

    private record Entry(Tensor input, Tensor output, NativeFloats memory, Backward backward) {}

    /**
     * Records an operation.
     *
     * @param input what it read
     * @param output what it made
     * @param backward its derivatives
     * @param shape of the output
     * @return the output, as a tensor
     */
    Tensor operation(Tensor input, float[] output, Backward backward, long... shape) {
        NativeFloats memory = new NativeFloats();
        Tensor made = memory.tensor(output, shape);
        made.set_requires_grad(true);
        input.retainReference();
        made.retainReference();
        entries.add(new Entry(input, made, memory, backward));
        return made;
    }

    /** Whether gradients have to be passed on, so that the library must keep its graph beyond its own backward pass. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Passes gradients on through the operations, after the library's backward pass. */
    public void backward() {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            float[] gradient = new float[Math.toIntExact(entry.output.numel())];
            Tensor left = entry.output.grad();
            if (left.defined()) {
                left.contiguous().data_ptr_float().get(gradient);
            }
            try (NativeFloats memory = new NativeFloats()) {
                Tensor passed = memory.tensor(entry.backward.apply(gradient), entry.input.shape());
                // A copy, since the library may keep what it is given; and operations may share what came before them.
                entry.input.backward(torch.clone(passed), new BoolOptional(true), false, new TensorArrayRefOptional());
            }
        }
    }

    /** Forgets the operations. */
    @Override
    public void close() {
        for (Entry entry : entries) {
            entry.input.releaseReference();
            entry.output.releaseReference();
            entry.memory.close();
        }
        entries.clear();
    }
}
