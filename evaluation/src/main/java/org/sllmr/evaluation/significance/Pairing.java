// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

/** What the pairs of a paired test are, and so what the test can show. */
public enum Pairing {
    /** Two runs with the same seed: would training again show the difference? */
    SEEDS("seeds"),
    /** One user under both methods: would other users show it? */
    USERS("users");

    private final String words;

    Pairing(String words) {
        this.words = words;
    }

    /** The pairs in words, such as {@code seeds}. */
    public String words() {
        return words;
    }
}
