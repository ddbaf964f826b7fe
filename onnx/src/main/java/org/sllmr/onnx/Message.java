// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of protocol buffers that is being put together, field by field.
 *
 * <p>Weights are not copied: they are encoded when the message is written.
 */
final class Message {
    private static final int FLOATS_AT_ONCE = 4096;

    private final List<Part> parts = new ArrayList<>();
    /** Bytes of all parts; a long, because a model may be larger than a message can be. */
    private long size;

    @FunctionalInterface
    private interface Part {
        void write(CodedOutputStream out) throws IOException;
    }

    private Message add(long bytes, Part part) {
        size += bytes;
        parts.add(part);
        return this;
    }

    /** Adds a whole number or a value of an enumeration. */
    Message integer(int field, long value) {
        return add(CodedOutputStream.computeInt64Size(field, value), out -> out.writeInt64(field, value));
    }

    /** Adds a text. */
    Message text(int field, String value) {
        return add(CodedOutputStream.computeStringSize(field, value), out -> out.writeString(field, value));
    }

    /** Adds a single-precision number. */
    Message number(int field, float value) {
        return add(CodedOutputStream.computeFloatSize(field, value), out -> out.writeFloat(field, value));
    }

    /** Adds a message, which must be complete. */
    Message message(int field, Message value) {
        return add(delimited(field, value.size), out -> {
            out.writeTag(field, 2);
            out.writeUInt32NoTag((int) value.size);
            value.write(out);
        });
    }

    /** Adds numbers as bytes, low byte first; they must not change any more. */
    Message floats(int field, float[] values) {
        long bytes = (long) values.length * Float.BYTES;
        return add(delimited(field, bytes), out -> {
            out.writeTag(field, 2);
            out.writeUInt32NoTag((int) bytes);
            ByteBuffer buffer = ByteBuffer.allocate(FLOATS_AT_ONCE * Float.BYTES);
            buffer.order(ByteOrder.LITTLE_ENDIAN);
            for (int from = 0; from < values.length; from += FLOATS_AT_ONCE) {
                int count = Math.min(FLOATS_AT_ONCE, values.length - from);
                buffer.asFloatBuffer().put(values, from, count);
                out.writeRawBytes(buffer.array(), 0, count * Float.BYTES);
            }
        });
    }

    /** Adds whole numbers as bytes, low byte first. */
    Message longs(int field, long[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES);
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(values);
        byte[] bytes = buffer.array();
        return add(CodedOutputStream.computeByteArraySize(field, bytes), out -> out.writeByteArray(field, bytes));
    }

    private static long delimited(int field, long bytes) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt64SizeNoTag(bytes) + bytes;
    }

    /** Bytes of the encoded message. */
    long size() {
        return size;
    }

    /** Writes all fields, in the order in which they were added. */
    void write(CodedOutputStream out) throws IOException {
        for (Part part : parts) {
            part.write(out);
        }
    }
}
