// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.sllmr.data.file.InputFile;
import org.tukaani.xz.XZInputStream;

/** The compression of a file, determined by its first bytes, or by its name if they do not identify one. */
enum Compression {
    NONE(List.of()),
    GZIP(List.of("gz"), 0x1f, 0x8b),
    ZIP(List.of("zip"), 'P', 'K', 3, 4),
    BZIP2(List.of("bz2"), 'B', 'Z', 'h'),
    XZ(List.of("xz"), 0xfd, '7', 'z', 'X', 'Z', 0),
    ZSTANDARD(List.of("zst", "zstd"), 0x28, 0xb5, 0x2f, 0xfd),
    LZ4(List.of("lz4"), 0x04, 0x22, 0x4d, 0x18),
    COMPRESS(List.of("z"), 0x1f, 0x9d),
    SEVEN_ZIP(List.of("7z"), '7', 'z', 0xbc, 0xaf, 0x27, 0x1c),
    RAR(List.of("rar"), 'R', 'a', 'r', '!');

    private static final int MAX_SIGNATURE_BYTES = 6;

    @SuppressWarnings("ImmutableEnumChecker") // An unmodifiable list.
    private final List<String> extensions;

    @SuppressWarnings("ImmutableEnumChecker") // Not exposed.
    private final byte[] firstBytes;

    Compression(List<String> extensions, int... firstBytes) {
        this.extensions = extensions;
        this.firstBytes = new byte[firstBytes.length];
        for (int at = 0; at < firstBytes.length; at++) {
            this.firstBytes[at] = (byte) firstBytes[at];
        }
    }

    /** The compression by the first bytes of a file. */
    static Compression of(Path file) throws IOException {
        try (InputStream stream = InputFile.stream(file)) {
            byte[] first = stream.readNBytes(MAX_SIGNATURE_BYTES);
            return Arrays.stream(values())
                    .filter(kind -> kind != NONE && kind.begins(first))
                    .findFirst()
                    .orElse(NONE);
        }
    }

    /** The compression by a file extension in lower case. */
    static Compression named(String extension) {
        return Arrays.stream(values())
                .filter(kind -> kind.extensions.contains(extension))
                .findFirst()
                .orElse(NONE);
    }

    /** The content of the file, decompressed and checked up to its last byte. */
    InputStream open(Path file) throws IOException {
        return switch (this) {
            case NONE -> InputFile.stream(file);
            case ZIP -> ZippedFile.open(file);
            // All members of a file are read; parallel writers and concatenation produce several.
            case GZIP ->
                Unpacked.of(
                        file,
                        stream -> GzipCompressorInputStream.builder()
                                .setInputStream(stream)
                                .setBufferSize(1 << 16)
                                .setDecompressConcatenated(true)
                                .get());
            case BZIP2 -> Unpacked.of(file, stream -> new BZip2CompressorInputStream(stream, true));
            case XZ -> Unpacked.of(file, XZInputStream::new);
            case ZSTANDARD, LZ4, COMPRESS, SEVEN_ZIP, RAR ->
                throw new UnreadableException("is compressed as " + extensions.get(0)
                        + ", which is not supported; unpack it, or compress it with gzip");
        };
    }

    private boolean begins(byte[] first) {
        return first.length >= firstBytes.length && Arrays.equals(firstBytes, Arrays.copyOf(first, firstBytes.length));
    }

    /** The extension of a file name in lower case, "" if there is none. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
