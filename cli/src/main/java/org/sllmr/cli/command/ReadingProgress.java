// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.ProgressListener;

/** Shows the progress of reading files; notes are shown at once and kept for the result. */
public final class ReadingProgress implements ProgressListener, AutoCloseable {
    private final Terminal terminal;
    private final Stages stages;
    private final List<String> notes = new ArrayList<>();

    /** Shows progress on the given terminal. */
    public ReadingProgress(Terminal terminal) {
        this.terminal = terminal;
        this.stages = new Stages(terminal);
    }

    @Override
    public void progressed(String stage, long done, long total) {
        stages.progressed(stage, done, total);
    }

    @Override
    public void noted(String note) {
        notes.add(note);
        terminal.say("note: " + note);
    }

    /** The notes so far. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void close() {
        stages.close();
    }
}
