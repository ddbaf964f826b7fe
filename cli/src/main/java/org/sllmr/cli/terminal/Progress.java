// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

/** Shows the progress of a task; cheap to call often, from any thread, one at a time. */
public interface Progress extends AutoCloseable {
    /**
     * Updates the progress.
     *
     * @param done steps done so far
     * @param detail further information, such as {@code loss 0.42}; may be empty
     */
    void at(long done, String detail);

    /** Ends the task and prints the given line with the duration. */
    void end(String line);

    /** Ends the task and prints a line with the duration. */
    @Override
    void close();
}
