// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.sllmr.data.file.InputFile;

/** A decompressed stream that describes damage in the same words for all decompression libraries. */
final class Unpacked extends FilterInputStream {
    private static final String CUT_OFF = "the compressed file is truncated; copy or download it again";

    /** Bytes that a library has decompressed when it fails are lost, so few are read at a time. */
    private static final int MOST = 1 << 10;

    private Unpacked(InputStream stream) {
        super(stream);
    }

    /** Opens a decompressing stream. */
    interface Opening {
        InputStream open(InputStream packed) throws IOException;
    }

    static InputStream of(Path file, Opening opening) throws IOException {
        InputStream packed = InputFile.stream(file);
        try {
            return new Unpacked(opening.open(packed));
        } catch (IOException | RuntimeException e) {
            packed.close();
            throw reason(e);
        }
    }

    /** The same for an open stream. */
    static InputStream of(InputStream unpacking) {
        return new Unpacked(unpacking);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        try {
            return super.read(target, from, Math.min(length, MOST));
        } catch (IOException | RuntimeException e) {
            throw reason(e);
        }
    }

    private static IOException reason(Exception e) {
        if (e instanceof UnreadableException || e instanceof FileSystemException) {
            return (IOException) e;
        }
        boolean cutOff =
                e instanceof EOFException || String.valueOf(e.getMessage()).contains("nexpected end of");
        return new UnreadableException(
                cutOff ? CUT_OFF : "the compressed data is damaged; copy or download the file again", e);
    }
}
