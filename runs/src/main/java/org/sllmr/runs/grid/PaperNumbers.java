// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.Variants;

/**
 * Published numbers, to be set beside one's own.
 *
 * @param source where they were published
 * @param numbers metric, as runs name it, to framework to backbone to data set to number; not all of them need be there
 */
public record PaperNumbers(String source, Map<String, Map<String, Map<String, Map<String, Double>>>> numbers) {
    /**
     * Reads a file.
     *
     * @throws org.sllmr.configuration.InvalidInputException if it cannot be read
     */
    public static PaperNumbers read(Path file) {
        return SettingsReader.of(PaperNumbers.class, Variants.none()).file(file).read();
    }

    /** The number of a cell. */
    public OptionalDouble value(String metric, GridCell cell) {
        Double number = numbers.getOrDefault(metric, Map.of())
                .getOrDefault(cell.framework(), Map.of())
                .getOrDefault(cell.backbone(), Map.of())
                .get(cell.data());
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
