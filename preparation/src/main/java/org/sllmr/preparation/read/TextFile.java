// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.io.input.ReaderInputStream;
import org.sllmr.configuration.Problem;
import org.sllmr.data.file.Reason;

/** Opens text files, compressed or not, as UTF-8 bytes; every reader of text uses this class. */
final class TextFile {
    private static final String NOT_UTF_8 =
            "is not UTF-8; if it is delimited text in Latin-1, say so by --encoding latin-1; convert other files (iconv)";
    /** Position of the magic number of a tar archive. */
    private static final int TAR_MARK = 257;

    private TextFile() {}

    /** Opens a file: decompresses it, drops a byte-order mark, and converts UTF-16 to UTF-8. */
    static InputStream open(Path path) throws IOException {
        return open(path, Encoding.UNICODE);
    }

    /** The same, from an encoding. */
    static InputStream open(Path path, Encoding encoding) throws IOException {
        String extension = Compression.extension(String.valueOf(path.getFileName()));
        Compression compression = Compression.of(path);
        if (compression == Compression.NONE && Compression.named(extension) != Compression.NONE) {
            throw new UnreadableException("is named as a " + extension
                    + " file but does not begin like one; check how it was made, or rename it");
        }
        InputStream stream = compression.open(path);
        try {
            BufferedInputStream buffered = new BufferedInputStream(stream, 1 << 16);
            return encoding == Encoding.LATIN_1 ? utf8(buffered, StandardCharsets.ISO_8859_1) : decoded(buffered);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private static InputStream decoded(BufferedInputStream stream) throws IOException {
        stream.mark(1 << 10);
        byte[] first = stream.readNBytes(TAR_MARK + 5);
        stream.reset();
        if (begins(first, 'P', 'A', 'R', '1')) {
            throw new UnreadableException("is a Parquet file; let its name end in .parquet, and do not compress it");
        }
        if (first.length == TAR_MARK + 5 && new String(first, TAR_MARK, 5, StandardCharsets.US_ASCII).equals("ustar")) {
            throw new UnreadableException("is a tar archive; unpack it and name the file");
        }
        if (begins(first, 0xff, 0xfe, 0, 0) || begins(first, 0, 0, 0xfe, 0xff)) {
            throw new UnreadableException("is UTF-32; convert it to UTF-8 (iconv -f utf-32 -t utf-8)");
        }
        if (begins(first, 0xef, 0xbb, 0xbf)) {
            stream.skipNBytes(3);
            return stream;
        }
        boolean marked = begins(first, 0xff, 0xfe) || begins(first, 0xfe, 0xff);
        // Without a byte-order mark, zeros in the first characters show UTF-16; UTF-8 text has none.
        boolean little = first.length > 3 && first[0] != 0 && first[1] == 0 && first[3] == 0;
        boolean big = first.length > 3 && first[0] == 0 && first[1] != 0 && first[2] == 0;
        if (marked) {
            stream.skipNBytes(2);
            return utf8(stream, first[0] == (byte) 0xff ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        }
        if (little || big) {
            return utf8(stream, little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        }
        return stream;
    }

    private static InputStream utf8(InputStream stream, Charset charset) throws IOException {
        InputStreamReader reader = new InputStreamReader(
                stream,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return new BufferedInputStream(
                new Converted(ReaderInputStream.builder()
                        .setReader(reader)
                        .setCharset(StandardCharsets.UTF_8)
                        .get()),
                1 << 16);
    }

    /** Turns decoding errors into messages. */
    private static final class Converted extends FilterInputStream {
        private Converted(InputStream stream) {
            super(stream);
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            try {
                return super.read(target, from, length);
            } catch (CharacterCodingException e) {
                throw new UnreadableException("is not valid UTF-16; copy the file again, or convert it to UTF-8", e);
            }
        }
    }

    private static boolean begins(byte[] first, int... bytes) {
        for (int at = 0; at < bytes.length; at++) {
            if (at >= first.length || first[at] != (byte) bytes[at]) {
                return false;
            }
        }
        return true;
    }

    /** Decodes UTF-8. */
    static String decode(byte[] bytes, int from, int length) throws CharacterCodingException {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0) {
            // It is either in the file, or replaces bytes that are not UTF-8.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        }
        return text;
    }

    /** Whether bytes are UTF-8. */
    static boolean isText(byte[] bytes, int from, int length) {
        try {
            decode(bytes, from, length);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The text with unpaired surrogates, which UTF-8 cannot represent, replaced by the replacement character. */
    static String wholeCharacters(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
            }
        }
        return text;
    }

    /** The problem of a line that is not UTF-8. */
    static Problem notUtf8(Path path, long line) {
        return new Problem(place(path, line), NOT_UTF_8);
    }

    /** The problem of a file whose reading failed after some complete lines. */
    static Problem broken(Path path, long lines, IOException e) {
        if (e instanceof UnreadableException) {
            String what = String.valueOf(e.getMessage());
            boolean atStart = lines == 0 && e.getCause() == null;
            return new Problem(
                    atStart ? path.toString() : place(path, lines + 1),
                    lines == 0 ? what : what.replaceFirst(";", " after line " + lines + ";"));
        }
        return new Problem(place(path, lines + 1), "cannot be read: " + Reason.of(e));
    }

    static String place(Path path, long line) {
        return path + ":" + line;
    }
}
