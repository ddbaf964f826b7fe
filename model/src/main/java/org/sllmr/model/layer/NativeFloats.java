// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A block of native floats that grows when asked for more, and that outlives pointer scopes until it is closed. */
public final class NativeFloats implements AutoCloseable {
    private @Nullable FloatPointer pointer;
    private long capacity;

    /** The block, with room for at least that many floats; what it held is lost when it grows. */
    public FloatPointer pointer(long size) {
        FloatPointer current = pointer;
        if (current == null || capacity < size) {
            close();
            capacity = Math.max(size, 16);
            current = new FloatPointer(capacity);
            current.retainReference();
            pointer = current;
        }
        return current;
    }

    /** Copies the floats in and wraps them, without a further copy, as a tensor of that shape. */
    public Tensor tensor(float[] values, long... shape) {
        int size = 1;
        for (long length : shape) {
            size = Math.toIntExact(size * length);
        }
        FloatPointer block = pointer(size);
        block.put(values, 0, size);
        return torch.from_blob(block, shape);
    }

    /** Sets the first floats to 0. */
    public void zero(long size) {
        Pointer.memset(pointer(size), 0, size * Float.BYTES);
    }

    @Override
    public void close() {
        if (pointer != null) {
            pointer.releaseReference();
            pointer = null;
            capacity = 0;
        }
    }
}
