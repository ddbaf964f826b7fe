// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.file;

import java.nio.file.Path;

/**
 * A stored format with a small sample.
 *
 * @param name its name
 * @param version its version
 * @param writer writes the sample's files to a folder
 * @param reader reads them as the program does, and returns their contents
 * @param exact whether the sample always has the same bytes
 */
record StoredFormat(String name, int version, Writer writer, Reader reader, boolean exact) {
    /** Writes a sample. */
    interface Writer {
        void write(Path folder) throws Exception;
    }

    /** Reads a sample. */
    interface Reader {
        Object read(Path folder) throws Exception;
    }

    /** The contents of the files in a folder. */
    String read(Path folder) throws Exception {
        return Described.of(reader.read(folder));
    }

    @Override
    public String toString() {
        return name + "-" + version;
    }
}
