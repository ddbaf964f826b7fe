// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.compare.UserTests;

/**
 * Tests over users with the models of run folders.
 *
 * @param baseline name of the method that the others are compared with
 * @param tests the tests on a dataset by its name; empty if the dataset is not available
 * @param runs finds the folder of a run
 */
public record StoredModelTests(String baseline, Function<String, Optional<UserTests>> tests, Runs runs)
        implements UserTestSource {
    /** Finds the folder of a run. */
    @FunctionalInterface
    public interface Runs {
        /** The folder of a run that is complete. */
        RunFolder of(String dataset, String backbone, String method, long seed);
    }

    @Override
    public Optional<Difference> of(
            String dataset, String backbone, String method, List<Long> seeds, SampleMetric metric) {
        Optional<UserTests> own = tests.apply(dataset);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        try {
            return own.get()
                    .of(metric, folders(dataset, backbone, baseline, seeds), folders(dataset, backbone, method, seeds));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<RunFolder> folders(String dataset, String backbone, String method, List<Long> seeds) {
        return seeds.stream()
                .map(seed -> runs.of(dataset, backbone, method, seed))
                .toList();
    }
}
