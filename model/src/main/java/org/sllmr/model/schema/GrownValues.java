// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sllmr.data.Vocabulary;
import org.sllmr.model.schema.SchemaFit.KnownTable;

/**
 * The values of a table: those known from before in their rows, then those of the data that are new.
 *
 * @param values the value of each row
 * @param rows the row of each value of the data's vocabulary; empty if it is the same number
 * @param rare rows whose values count as unknown
 */
record GrownValues(List<String> values, int[] rows, BitSet rare) {
    /**
     * Adds the data's values to those that are known.
     *
     * @param known the table as it was, perhaps without names; empty for a new one
     * @param counts in how many training interactions each value of the data occurs
     * @param least values in fewer of them count as unknown, unless their row has been trained before
     */
    static GrownValues of(Optional<KnownTable> known, Vocabulary vocabulary, Supplier<int[]> counts, int least) {
        if (known.isPresent() && known.get().isOf(vocabulary)) {
            return new GrownValues(vocabulary.values(), new int[0], known.get().rareRows());
        }
        BitSet rareInData = least > 0 ? Occurrences.below(counts.get(), least) : new BitSet();
        if (known.isEmpty()) {
            return new GrownValues(vocabulary.values(), new int[0], rareInData);
        }
        List<String> before = known.get().values();
        List<String> values = new ArrayList<>(before);
        Vocabulary index = new Vocabulary(before);
        int[] rows = new int[vocabulary.size()];
        BitSet rare = least > 0 ? known.get().rareRows() : new BitSet();
        for (int value = 0; value < rows.length; value++) {
            int row = index.indexOf(vocabulary.value(value));
            if (row < 0) {
                row = values.size();
                values.add(vocabulary.value(value));
                rare.set(row, rareInData.get(value));
            } else if (rare.get(row)) {
                rare.set(row, rareInData.get(value));
            }
            rows[value] = row;
        }
        return new GrownValues(values, rows, rare);
    }
}
