// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

/** Shows how far a piece of work is; cheap to call often, from any thread, one at a time. */
public interface Progress extends AutoCloseable {
    /**
     * Tells how far the work is.
     *
     * @param done steps done so far
     * @param detail what else is worth a glance, such as {@code loss 0.42}; may be empty
     */
    void at(long done, String detail);

    /** Ends the work and leaves one line: the given one, and how long it took. */
    void end(String line);

    /** Ends the work and leaves one line that says how long it took. */
    @Override
    void close();
}
