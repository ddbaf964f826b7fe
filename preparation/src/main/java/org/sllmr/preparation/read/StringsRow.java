// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of strings that are decoded when asked for. */
final class StringsRow implements Row {
    private final Function<String, List<String>> decoder;
    private @Nullable String[] cells = new String[0];
    private long number;

    /** Decodes each present cell with {@code decoder}. */
    StringsRow(Function<String, List<String>> decoder) {
        this.decoder = decoder;
    }

    StringsRow at(long row, @Nullable String[] strings) {
        number = row;
        cells = strings;
        return this;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public List<String> values(int column) {
        String cell = cells[column];
        return cell == null || cell.isEmpty() ? List.of() : decoder.apply(cell);
    }
}
