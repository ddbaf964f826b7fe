// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/** Told a few times a second how far a run is, by the thread that started it. */
@FunctionalInterface
public interface AskingListener {
    /** A listener that ignores everything. */
    AskingListener NONE = progress -> {};

    /** The run has come this far. */
    void progressed(AskingProgress progress);
}
