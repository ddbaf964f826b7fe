// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.sllmr.configuration.Problem;

/** A text file, gzipped or not, as bytes and strictly decoded. */
final class TextFile {
    private TextFile() {}

    static InputStream open(Path path) throws IOException {
        InputStream stream = Files.newInputStream(path);
        try {
            return new BufferedInputStream(isGzip(path) ? new GZIPInputStream(stream, 1 << 16) : stream, 1 << 16);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** Whether the file begins as every gzip file does, or is named like one. */
    static boolean isGzip(Path path) throws IOException {
        if (String.valueOf(path.getFileName()).endsWith(".gz")) {
            return true;
        }
        try (InputStream stream = Files.newInputStream(path)) {
            return stream.read() == 0x1f && stream.read() == 0x8b;
        }
    }

    /** Decodes UTF-8. */
    static String decode(byte[] bytes, int length) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, 0, length))
                .toString();
    }

    /** What is wrong when reading stopped after that many whole lines. */
    static Problem broken(Path path, long lines, IOException e) {
        String after = lines == 0 ? "" : ", after line " + lines;
        if (e instanceof EOFException) {
            return new Problem(
                    place(path, lines + 1),
                    "the compressed file ends in the middle" + after + "; it was cut off, copy or download it again");
        }
        if (e instanceof ZipException) {
            return new Problem(
                    place(path, lines + 1),
                    "the compressed data are damaged" + after + "; copy or download the file again");
        }
        return new Problem(place(path, lines + 1), "cannot be read: " + e.getMessage());
    }

    static String place(Path path, long line) {
        return path + ":" + line;
    }
}
