// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.Locale;

/** How the bytes of a text file stand for characters. */
public enum Encoding {
    /** UTF-8, or UTF-16 where a byte-order mark or its zeros show it. */
    UNICODE,
    /** ISO 8859-1, as of MovieLens: a byte is a character, so it can be told from no other one. */
    LATIN_1;

    /** As options and settings write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
