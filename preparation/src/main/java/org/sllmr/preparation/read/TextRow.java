// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;

/** A row of texts, "" for a missing value. */
record TextRow(long number, String[] cells) implements Row {
    @Override
    public List<String> values(int column) {
        return cells[column].isEmpty() ? List.of() : List.of(cells[column]);
    }

    @Override
    public String text(int column) {
        return cells[column];
    }
}
