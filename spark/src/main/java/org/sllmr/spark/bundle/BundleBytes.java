// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;
import org.sllmr.onnx.OnnxFile;

/**
 * The files of a bundle in memory, to be sent to other processes. Arrays hold them, because each of Spark's serializers can
 * send those.
 */
public final class BundleBytes implements Serializable {
    /** Less than what an array can hold, so that a file may be larger. */
    private static final int BLOCK = 64 << 20;

    private static final String ZIP = "bundle.zip";

    private final boolean zip;
    private final String[] names;
    private final byte[][][] blocks;

    private BundleBytes(boolean zip, List<String> names, List<byte[][]> blocks) {
        this.zip = zip;
        this.names = names.toArray(String[]::new);
        this.blocks = blocks.toArray(byte[][][]::new);
    }

    /** Opens what the files hold. */
    @FunctionalInterface
    public interface Opening<T> {
        /** Opens a bundle at a place, all of it: its files are gone afterwards. */
        T open(Path bundle);
    }

    /**
     * Reads the files that recommending needs.
     *
     * @param bundle the bundle's folder or zip file
     */
    public static BundleBytes read(Path bundle) throws IOException {
        if (!Files.isDirectory(bundle)) {
            return new BundleBytes(true, List.of(ZIP), List.<byte[][]>of(blocks(bundle)));
        }
        List<String> names = new ArrayList<>();
        List<byte[][]> blocks = new ArrayList<>();
        try (Stream<Path> entries = Files.list(bundle)) {
            for (Path file : entries.filter(Files::isRegularFile).sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals(OnnxFile.MODEL) && !name.equals(OnnxFile.DESCRIPTION)) {
                    names.add(name);
                    blocks.add(blocks(file));
                }
            }
        }
        return new BundleBytes(false, names, blocks);
    }

    private static byte[][] blocks(Path file) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        try (InputStream in = InputFile.stream(file)) {
            for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                blocks.add(block);
            }
        }
        return blocks.toArray(byte[][]::new);
    }

    /** Whether the bundle is one zip file. */
    public boolean isZip() {
        return zip;
    }

    /** Makes the files of a bundle. */
    @FunctionalInterface
    public interface Target {
        /** A new file; its name is empty for a bundle that is one zip file. */
        OutputStream create(String name) throws IOException;
    }

    /** Writes the files elsewhere, without those that recommending does not need. */
    public void writeTo(Target target) throws IOException {
        for (int file = 0; file < names.length; file++) {
            try (OutputStream out = target.create(zip ? "" : names[file])) {
                for (byte[] block : blocks[file]) {
                    out.write(block);
                }
            }
        }
    }

    /**
     * Opens the bundle from files that exist only meanwhile, in the folder for temporary ones.
     *
     * @throws InvalidInputException if there is no room for them, or the bundle is damaged
     */
    <T> T opened(Opening<T> opening) {
        try {
            Path folder = Files.createTempDirectory("sllmr-bundle");
            try {
                writeTo(name -> Files.newOutputStream(folder.resolve(zip ? ZIP : name)));
                return opening.open(zip ? folder.resolve(ZIP) : folder);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    System.getProperty("java.io.tmpdir", "the temporary folder"),
                    "cannot hold the bundle: " + Reason.of(e) + "; free some space on the executor");
        }
    }
}
