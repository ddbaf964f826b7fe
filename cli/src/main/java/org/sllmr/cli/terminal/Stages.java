// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import org.jspecify.annotations.Nullable;

/**
 * Shows work that goes through stages of its own, one after the other; fits the progress listeners of all modules by
 * {@code stages::at}.
 */
public final class Stages implements AutoCloseable {
    private final Terminal terminal;
    private String stage = "";
    private @Nullable Progress progress;

    /** No stage yet. */
    public Stages(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Tells how far a stage is; another stage than before ends that one.
     *
     * @param name what is being done
     * @param done units done so far
     * @param total units in all, or 0 where that is not known
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
