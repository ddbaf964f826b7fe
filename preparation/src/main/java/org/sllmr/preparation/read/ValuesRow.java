// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;

/** A row of lists of values. */
record ValuesRow(long number, List<List<String>> cells) implements Row {
    @Override
    public List<String> values(int column) {
        return cells.get(column);
    }
}
