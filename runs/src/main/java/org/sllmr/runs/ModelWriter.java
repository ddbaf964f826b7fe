// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;

/** Writes the model of a run; known to the module that trained it, opaque here. */
@FunctionalInterface
public interface ModelWriter {
    /** Writes the model to a file that does not exist yet. */
    void write(Path file) throws IOException;
}
