// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

/** Where each row of a raw table stands in its source, for messages; looked up only when something is wrong. */
@FunctionalInterface
public interface Places {
    /** The place of a row, such as {@code ratings.csv:17}. */
    String place(long row);

    /** Places of rows that come from no file. */
    static Places inMemory(String what) {
        return row -> what + " " + row;
    }
}
