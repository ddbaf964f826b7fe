// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.evaluation.SampleMetric;

/**
 * Published numbers to show beside the results.
 *
 * @param source where they were published
 * @param numbers number by metric key, framework, backbone and dataset; may be incomplete
 */
public record PaperNumbers(String source, Map<String, Map<String, Map<String, Map<String, Double>>>> numbers) {
    /** Checks that the metrics exist. */
    public PaperNumbers {
        Checks checks = new Checks();
        for (String metric : numbers.keySet()) {
            checks.require(
                    SampleMetric.of(metric).isPresent(),
                    "numbers." + metric,
                    "is not a metric, allowed is one of " + SampleMetric.keys());
        }
        checks.done();
    }

    /** The metrics with numbers, in the order of the file. */
    public List<SampleMetric> metrics() {
        return numbers.keySet().stream()
                .flatMap(key -> SampleMetric.of(key).stream())
                .toList();
    }

    /**
     * Reads a file.
     *
     * @throws org.sllmr.configuration.InvalidInputException if it cannot be read
     */
    public static PaperNumbers read(Path file) {
        return SettingsReader.of(PaperNumbers.class, Variants.none()).file(file).read();
    }

    /** The number of a cell. */
    public OptionalDouble value(SampleMetric metric, GridCell cell) {
        Double number = numbers.getOrDefault(metric.key(), Map.of())
                .getOrDefault(cell.framework(), Map.of())
                .getOrDefault(cell.backbone(), Map.of())
                .get(cell.data());
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
