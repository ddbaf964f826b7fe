// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

/** What a bundle keeps of users. */
public enum HistoryForm {
    /** No histories; users' ids as hashes, because the model may know users. */
    NONE,
    /** Histories of users whose ids are hashes. Who knows an id finds its history; the hashes do not tell the ids. */
    HASHED,
    /** Histories and ids as they are. */
    PLAIN
}
