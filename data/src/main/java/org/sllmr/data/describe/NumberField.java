// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.describe;

import java.util.OptionalDouble;
import org.sllmr.data.NumberColumn;

/**
 * A numeric field.
 *
 * @param side {@code user}, {@code item} or {@code context}
 * @param name name of the field
 * @param coverage share of rows with a number, 0 to 1
 * @param least smallest number; empty if there is none
 * @param mean arithmetic mean; empty if there is no number
 * @param greatest largest number; empty if there is none
 */
public record NumberField(
        String side, String name, double coverage, OptionalDouble least, OptionalDouble mean, OptionalDouble greatest) {
    static NumberField of(String side, NumberColumn column) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int count = 0;
        for (float number : column.values()) {
            if (!Float.isNaN(number)) {
                least = Math.min(least, number);
                greatest = Math.max(greatest, number);
                sum += number;
                count++;
            }
        }
        return new NumberField(
                side,
                column.name(),
                column.rows() == 0 ? 0 : (double) count / column.rows(),
                count == 0 ? OptionalDouble.empty() : OptionalDouble.of(least),
                count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count),
                count == 0 ? OptionalDouble.empty() : OptionalDouble.of(greatest));
    }
}
