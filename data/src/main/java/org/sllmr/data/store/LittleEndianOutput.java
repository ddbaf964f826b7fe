// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A buffered output of numbers and bytes, lowest byte first on every machine. */
final class LittleEndianOutput {
    private final OutputStream stream;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    LittleEndianOutput(OutputStream stream) {
        this.stream = stream;
    }

    void putInt(int value) throws IOException {
        if (buffer.remaining() < Integer.BYTES) {
            flush();
        }
        buffer.putInt(value);
    }

    void putLong(long value) throws IOException {
        if (buffer.remaining() < Long.BYTES) {
            flush();
        }
        buffer.putLong(value);
    }

    void putInts(int[] values) throws IOException {
        putInts(values, 0, values.length);
    }

    void putInts(int[] values, int from, int to) throws IOException {
        for (int next = from; next < to; ) {
            if (buffer.remaining() < Integer.BYTES) {
                flush();
            }
            int count = Math.min(to - next, buffer.remaining() / Integer.BYTES);
            buffer.asIntBuffer().put(values, next, count);
            buffer.position(buffer.position() + count * Integer.BYTES);
            next += count;
        }
    }

    void putFloats(float[] values) throws IOException {
        for (float value : values) {
            // All NaNs as one, so that equal columns have equal bytes.
            putInt(Float.floatToIntBits(value));
        }
    }

    void putBytes(byte[] bytes) throws IOException {
        if (bytes.length > buffer.remaining()) {
            flush();
        }
        if (bytes.length > buffer.remaining()) {
            stream.write(bytes);
        } else {
            buffer.put(bytes);
        }
    }

    void flush() throws IOException {
        stream.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
