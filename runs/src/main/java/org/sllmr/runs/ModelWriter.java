// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;

/** Writes the model file of a run. */
@FunctionalInterface
public interface ModelWriter {
    /** Writes the model to a new file. */
    void write(Path file) throws IOException;
}
