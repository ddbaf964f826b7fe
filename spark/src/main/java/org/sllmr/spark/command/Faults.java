// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.command;

import java.io.IOException;
import org.sllmr.configuration.InvalidInputException;

/** Finds what users can put right among the causes of Spark's failures. */
final class Faults {
    private Faults() {}

    /**
     * Throws the cause that has words for users; returns if there is none.
     *
     * @throws InvalidInputException if the input was wrong
     * @throws IOException if a file could not be read or written
     * @throws OutOfMemoryError if a task's process was too small
     */
    static void throwKnown(Throwable failure) throws IOException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInputException invalid) {
                throw invalid;
            } else if (cause instanceof IOException file) {
                throw file;
            } else if (cause instanceof OutOfMemoryError memory) {
                throw memory;
            }
        }
    }
}
