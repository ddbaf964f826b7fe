// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

/** The place of each row of a raw table in its source, for messages; looked up only when there is an error. */
@FunctionalInterface
public interface Places {
    /** The place of a row, such as {@code ratings.csv:17}. */
    String place(long row);

    /** Places of rows that do not come from a file. */
    static Places inMemory(String what) {
        return row -> what + " " + row;
    }
}
