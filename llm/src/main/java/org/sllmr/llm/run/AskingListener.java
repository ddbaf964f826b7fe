// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/** Receives the progress of a run a few times a second, in the thread that started it. */
@FunctionalInterface
public interface AskingListener {
    /** A listener that ignores everything. */
    AskingListener NONE = progress -> {};

    /** Reports progress. */
    void progressed(AskingProgress progress);
}
