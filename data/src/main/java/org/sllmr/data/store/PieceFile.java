// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sllmr.configuration.ArraySize;

/** A column file that is written piece by piece. */
final class PieceFile implements AutoCloseable {
    private final String name;
    private final Hashes.Sums sums;
    private final LittleEndianOutput out;
    private long values;

    PieceFile(Path folder, String name) throws IOException {
        this.name = name;
        this.sums = new Hashes.Sums(Files.newOutputStream(folder.resolve(name)));
        this.out = new LittleEndianOutput(sums);
    }

    /** Number of values so far. */
    int size() {
        return (int) values;
    }

    void putInts(int[] all, int shift) throws IOException {
        count(all.length);
        for (int value : all) {
            out.putInt(value + shift);
        }
    }

    /** The same, but negative values mean that there is none. */
    void putIndices(int[] all, int shift) throws IOException {
        count(all.length);
        for (int value : all) {
            out.putInt(value < 0 ? value : value + shift);
        }
    }

    void putInt(int value) throws IOException {
        count(1);
        out.putInt(value);
    }

    void putLong(long value) throws IOException {
        count(1);
        out.putLong(value);
    }

    void putFloats(float[] all) throws IOException {
        count(all.length);
        out.putFloats(all);
    }

    void putText(byte[] bytes) throws IOException {
        out.putBytes(bytes);
    }

    private void count(int more) {
        values += more;
        ArraySize.of(values, name, "values of one column", "take fewer users or a shorter period");
    }

    /** Completes the file. */
    Manifest.StoredFile finish() throws IOException {
        out.flush();
        sums.close();
        return sums.of(name);
    }

    @Override
    public void close() throws IOException {
        sums.close();
    }
}
