// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.sllmr.data.Vocabulary;

/**
 * What a schema took from data: the values of its embedding tables, row by row, and the numbers that were fitted. A later
 * training goes on from it: values keep their rows, and numbers keep the scale that the weights were trained with.
 *
 * @param fields names of the fields, in order
 * @param tables the embedding tables, in order
 * @param numbers what was fitted, by field
 */
public record SchemaFit(List<String> fields, List<KnownTable> tables, List<FittedNumbers> numbers) {
    /** Copies the lists. */
    public SchemaFit {
        fields = List.copyOf(fields);
        tables = List.copyOf(tables);
        numbers = List.copyOf(numbers);
    }

    /**
     * An embedding table.
     *
     * @param name name of the field that owns it
     * @param rows number of rows, without the last one for unknown values
     * @param values the value of each row; empty for a table of numbers, and where rows have the numbers of the data's
     *     values
     * @param rare rows whose values count as unknown, rising
     */
    public record KnownTable(String name, int rows, List<String> values, int[] rare) {
        /** Copies the list and checks that it fits. */
        public KnownTable {
            values = List.copyOf(values);
            if (rows < 0 || !(values.isEmpty() || values.size() == rows)) {
                throw new IllegalArgumentException("table '" + name + "': " + values.size() + " values for " + rows);
            }
            for (int row : rare) {
                if (row < 0 || row >= rows) {
                    throw new IllegalArgumentException("table '" + name + "' has no row " + row);
                }
            }
        }

        /** Whether the rows are known to be those of a vocabulary, without names. */
        boolean isOf(Vocabulary vocabulary) {
            return values.isEmpty() && rows > 0 && rows == vocabulary.size();
        }

        /** A copy of the rows whose values count as unknown. */
        BitSet rareRows() {
            BitSet all = new BitSet();
            for (int row : rare) {
                all.set(row);
            }
            return all;
        }
    }

    /**
     * What was fitted for a field.
     *
     * @param field name of the field; that of the item field for a history that shares its table
     * @param kind what the numbers are of, and how they are read; they fit only a field of the same kind
     * @param values the fitted numbers: mean and deviation, cuts, or factors
     */
    public record FittedNumbers(String field, String kind, float[] values) {}

    /** The table with a name. */
    public Optional<KnownTable> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** Whether a field, or a history that shares its table, is one of the fields. */
    public boolean uses(String field) {
        return fields.contains(field) || table(field).isPresent();
    }

    /** What was fitted for a field. */
    Optional<FittedNumbers> numbers(String field) {
        return numbers.stream().filter(fitted -> fitted.field().equals(field)).findFirst();
    }
}
