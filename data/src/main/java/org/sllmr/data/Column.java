// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One categorical field of users, items or interactions, with any number of values per row; a row without values has a
 * missing value.
 *
 * @param name field name, unique within its side (users, items, context)
 * @param vocabulary the field's values
 * @param offsets first index into {@code values} of each row and, at the end, their number: {@code [rows + 1]}, rising
 * @param values vocabulary indices of all rows, one after the other
 */
public record Column(String name, Vocabulary vocabulary, int[] offsets, int[] values) {
    /** Checks that the offsets span the values. */
    public Column {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != values.length) {
            throw new IllegalArgumentException(
                    "offsets of '" + name + "' do not span its " + values.length + " values");
        }
    }

    /** A column with exactly one value per row. */
    public static Column single(String name, Vocabulary vocabulary, int[] values) {
        int[] offsets = new int[values.length + 1];
        for (int row = 0; row <= values.length; row++) {
            offsets[row] = row;
        }
        return new Column(name, vocabulary, offsets, values);
    }

    /** The same column; it shares the offsets of another one if they are equal, which saves their memory. */
    public Column sharingOffsets(Column other) {
        return Arrays.equals(offsets, other.offsets) ? new Column(name, vocabulary, other.offsets, values) : this;
    }

    /** Number of rows. */
    public int rows() {
        return offsets.length - 1;
    }

    /** The values of a row. */
    public List<String> texts(int row) {
        return IntStream.range(offsets[row], offsets[row + 1])
                .mapToObj(index -> vocabulary.value(values[index]))
                .toList();
    }

    /** The largest number of values of a row. */
    public int widest() {
        int widest = 0;
        for (int row = 0; row < rows(); row++) {
            widest = Math.max(widest, offsets[row + 1] - offsets[row]);
        }
        return widest;
    }
}
