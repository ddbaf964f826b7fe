// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

/** What a difference allows one to say about the teacher. */
public enum Verdict {
    /** The guided run is better, and chance is an unlikely reason. */
    HELPED("helped"),
    /** The guided run is worse, and chance is an unlikely reason. */
    HURT("hurt"),
    /** Chance in who the users are could give such a difference, or they are too few to tell. */
    NOT_SHOWN("no difference shown"),
    /** There is no other run to compare with. */
    NOT_COMPARED("not compared");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** The verdict in words, for tables. */
    public String words() {
        return words;
    }
}
