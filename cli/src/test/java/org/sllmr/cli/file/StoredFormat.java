// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.file;

import java.nio.file.Path;

/**
 * A format that the product writes and reads back, with a small sample of it.
 *
 * @param name its name
 * @param version its version
 * @param writer writes the sample's files to a folder
 * @param reader reads them as the product does, and says all that they hold
 * @param exact whether the sample has the same bytes whenever it is written
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

    /** All that the files in a folder hold. */
    String read(Path folder) throws Exception {
        return Described.of(reader.read(folder));
    }

    @Override
    public String toString() {
        return name + "-" + version;
    }
}
