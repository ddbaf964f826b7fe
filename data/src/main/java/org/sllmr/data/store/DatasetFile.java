// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file of a dataset folder: its name and how it is encoded.
 *
 * <p>Numbers are little-endian without a header, so that a file can be memory-mapped. Strings take two files: the
 * bytes of all strings in UTF-8, and the offset at which each begins, followed by the end of the last.
 */
record DatasetFile(String name, Encoder encoder) {
    /** Writes the content of one file. */
    interface Encoder {
        void encode(LittleEndianOutput out) throws IOException;
    }

    static final String INTS = ".i32";
    static final String LONGS = ".i64";
    static final String FLOATS = ".f32";
    static final String BYTES = ".i8";
    static final String OFFSETS = ".offsets";
    static final String UTF8 = ".utf8";

    static DatasetFile ints(String name, int[] values) {
        return new DatasetFile(name + INTS, out -> out.putInts(values));
    }

    static DatasetFile floats(String name, float[] values) {
        return new DatasetFile(name + FLOATS, out -> out.putFloats(values));
    }

    static DatasetFile bytes(String name, byte[] values) {
        return new DatasetFile(name + BYTES, out -> out.putBytes(values));
    }

    static DatasetFile text(String name, List<String> values) {
        return new DatasetFile(name + UTF8, out -> {
            for (String value : values) {
                out.putBytes(value.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    static DatasetFile textOffsets(String name, List<String> values) {
        return new DatasetFile(name + OFFSETS + LONGS, out -> {
            long offset = 0;
            out.putLong(offset);
            for (String value : values) {
                offset += value.getBytes(StandardCharsets.UTF_8).length;
                out.putLong(offset);
            }
        });
    }

    void writeTo(OutputStream stream) throws IOException {
        LittleEndianOutput out = new LittleEndianOutput(stream);
        encoder.encode(out);
        out.flush();
    }
}
