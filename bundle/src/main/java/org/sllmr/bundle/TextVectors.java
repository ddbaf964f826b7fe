// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

/** Makes vectors of the texts of new items; thread-safe. */
public interface TextVectors {
    /** Identifies the encoder; it must be the one that training used. */
    String hash();

    /** The vector of a text. */
    float[] of(String text);
}
