// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import org.jspecify.annotations.Nullable;

/** Shows tasks with consecutive stages; {@code stages::at} is a progress listener for all modules. */
public final class Stages implements AutoCloseable {
    private final Terminal terminal;
    private String stage = "";
    private @Nullable Progress progress;

    /** Starts without a stage. */
    public Stages(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Updates the progress of a stage; a new stage ends the previous one.
     *
     * @param name name of the stage
     * @param done units done so far
     * @param total total units, or 0 if unknown
     */
    public synchronized void at(String name, long done, long total) {
        if (progress == null || !name.equals(stage)) {
            close();
            stage = name;
            progress = terminal.progress(name, total);
        }
        progress.at(done, "");
    }

    /** Writes a message of one or more lines. */
    public void say(String message) {
        terminal.say(message);
    }

    @Override
    public synchronized void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
