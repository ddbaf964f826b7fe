// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sllmr.model.schema.SchemaFit;
import org.sllmr.model.schema.SchemaFit.FittedNumbers;
import org.sllmr.model.schema.SchemaFit.KnownTable;

/**
 * What a dataset has that an earlier run did not know.
 *
 * @param rows training rows that the earlier run was not trained on
 * @param knownRows training rows that it was trained on
 * @param tables users, items and the values of each field that the model sees
 * @param numbers the numeric fields and vectors
 */
public record DataNews(int rows, int knownRows, List<NewValues> tables, List<KeptNumbers> numbers) {
    /** Copies the lists. */
    public DataNews {
        tables = List.copyOf(tables);
        numbers = List.copyOf(numbers);
    }

    /**
     * The values of a field.
     *
     * @param table {@code user}, {@code item}, or the name of a field
     * @param known values that the earlier run knew
     * @param added values that it did not know
     * @param absent values that it knew and this dataset lacks; they keep their rows
     */
    public record NewValues(String table, int known, int added, int absent) {}

    /**
     * What was fitted for a numeric field.
     *
     * @param field name of the field
     * @param kept what the earlier run fitted, which stays
     * @param here what would be fitted to this dataset
     */
    public record KeptNumbers(String field, List<Float> kept, List<Float> here) {}

    /**
     * Compares.
     *
     * @param before what the earlier run knew
     * @param alone what the schema of the dataset by itself has
     */
    static DataNews of(SchemaFit before, SchemaFit alone, int rows, int knownRows) {
        List<NewValues> tables = new ArrayList<>();
        for (KnownTable table : alone.tables()) {
            if (isOfNumbers(table)) {
                continue;
            }
            Set<String> known = new HashSet<>(
                    before.table(table.name()).map(KnownTable::values).orElse(List.of()));
            int total = known.size();
            known.retainAll(new HashSet<>(table.values()));
            tables.add(new NewValues(table.name(), total, table.rows() - known.size(), total - known.size()));
        }
        Map<String, float[]> fitted = new HashMap<>();
        before.numbers().forEach(one -> fitted.put(one.field(), one.values()));
        List<KeptNumbers> numbers = new ArrayList<>();
        for (FittedNumbers one : alone.numbers()) {
            float[] kept = fitted.get(one.field());
            if (kept != null && before.uses(one.field())) {
                numbers.add(new KeptNumbers(one.field(), list(kept), list(one.values())));
            }
        }
        return new DataNews(rows, knownRows, tables, numbers);
    }

    private static boolean isOfNumbers(KnownTable table) {
        return table.values().isEmpty() && table.rows() > 0;
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
