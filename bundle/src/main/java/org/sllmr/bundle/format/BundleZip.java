// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.FolderChecksums;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Sha256;

/**
 * A bundle as one zip file. Its comment, the end of the file, is the SHA-256 of all bytes before it, because a zip has bytes
 * that no checksum of its own covers.
 */
final class BundleZip {
    private static final int DIGITS = 64;
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private BundleZip() {}

    /** Packs those files of a bundle's folder. */
    static void write(Path folder, List<String> names, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setComment("0".repeat(DIGITS));
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                Files.copy(folder.resolve(name), zip);
                zip.closeEntry();
            }
        }
        String hash = hash(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer digits = ByteBuffer.wrap(hash.getBytes(StandardCharsets.US_ASCII));
            long at = channel.size() - DIGITS;
            while (digits.hasRemaining()) {
                at += channel.write(digits, at);
            }
            channel.force(true);
        }
    }

    /**
     * Unpacks what opening a bundle needs into an empty folder; the hash of the whole file covers the rest.
     *
     * @throws InvalidInputException if a byte of the file is not the one that was written
     */
    static void unpack(Path file, Path folder) throws IOException {
        if (!hash(file).equals(lastDigits(file))) {
            throw new InvalidInputException(
                    file.toString(),
                    "is damaged, or is not a zip that 'sllmr export' wrote: it does not end with the hash of its"
                            + " contents; " + BundleFiles.REMEDY);
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> names = new ArrayList<>(BundleFiles.ALL);
            names.add(FolderChecksums.NAME);
            for (String name : names) {
                ZipEntry entry = zip.getEntry(name);
                if (entry != null) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        copy(in, folder.resolve(name));
                    }
                }
            }
        } catch (ZipException e) {
            throw new InvalidInputException(
                    file.toString(), "cannot be unpacked: " + Reason.of(e) + "; " + BundleFiles.REMEDY);
        }
    }

    /** Something could not be written where the zip is unpacked; the zip may be a good one. */
    static final class NotWrittenException extends IOException {
        private static final long serialVersionUID = 1;

        NotWrittenException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static void copy(InputStream in, Path target) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = opened(target)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                write(out, block, read);
            }
        }
    }

    private static OutputStream opened(Path target) throws NotWrittenException {
        try {
            return Files.newOutputStream(target, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new NotWrittenException(e);
        }
    }

    private static void write(OutputStream out, byte[] block, int length) throws NotWrittenException {
        try {
            out.write(block, 0, length);
        } catch (IOException e) {
            throw new NotWrittenException(e);
        }
    }

    private static String lastDigits(Path file) throws IOException {
        try (FileChannel channel = InputFile.open(file)) {
            ByteBuffer digits = ByteBuffer.allocate(DIGITS);
            long from = Math.max(0, channel.size() - DIGITS);
            while (digits.hasRemaining() && channel.read(digits, from + digits.position()) > 0) {
                // Reads on.
            }
            return new String(digits.array(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Of all bytes but the last ones. */
    private static String hash(Path file) throws IOException {
        Sha256 hash = new Sha256();
        byte[] block = new byte[1 << 16];
        long left = Files.size(file) - DIGITS;
        try (InputStream in = InputFile.stream(file)) {
            while (left > 0) {
                int read = in.read(block, 0, (int) Math.min(block.length, left));
                if (read < 0) {
                    break;
                }
                hash.update(block, 0, read);
                left -= read;
            }
        }
        return hash.hex();
    }
}
