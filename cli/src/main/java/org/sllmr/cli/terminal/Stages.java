// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import org.jspecify.annotations.Nullable;
import org.sllmr.data.ProgressListener;

/** Shows tasks with consecutive stages, and notes above them. */
public final class Stages implements ProgressListener, AutoCloseable {
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
     * @param done units done so far; those of the first call, which an earlier command may have done, do not count for
     *     the time left
     * @param total total units, or 0 if unknown
     */
    @Override
    public synchronized void progressed(String name, long done, long total) {
        if (progress == null || !name.equals(stage)) {
            close();
            stage = name;
            progress = terminal.progress(name, done, total);
        }
        progress.at(done, "");
    }

    @Override
    public void noted(String note) {
        terminal.say("note: " + note);
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
