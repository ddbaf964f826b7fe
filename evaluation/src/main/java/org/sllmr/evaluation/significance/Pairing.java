// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

/** What makes up a pair of a paired test, and so what the test can say. */
public enum Pairing {
    /** Two runs under one seed: would training again show the difference? */
    SEEDS("seeds"),
    /** One user under both methods: would other users show it? */
    USERS("users");

    private final String words;

    Pairing(String words) {
        this.words = words;
    }

    /** What the pairs are, such as {@code seeds}. */
    public String words() {
        return words;
    }
}
