// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sllmr.data.file.Sha256;

/**
 * A file that a dataset was made from.
 *
 * @param name file name without its folder
 * @param size bytes
 * @param sha256 hash of the bytes as stored (of the compressed ones, for a compressed file), hexadecimal
 */
public record SourceFile(String name, long size, String sha256) {
    /** Reads a file for its size and hash. */
    public static SourceFile of(Path file) throws IOException {
        return new SourceFile(String.valueOf(file.getFileName()), Files.size(file), Sha256.of(file));
    }
}
