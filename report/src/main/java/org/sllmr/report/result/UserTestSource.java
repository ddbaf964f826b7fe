// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.List;
import java.util.Optional;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;

/** A source of tests over users, which need the models and not only their metrics. */
@FunctionalInterface
public interface UserTestSource {
    /** No tests over users, if the models or the data are not available. */
    UserTestSource NONE = (dataset, backbone, method, seeds, metric) -> Optional.empty();

    /**
     * The difference of a method to the baseline.
     *
     * @param dataset the dataset's name in the results
     * @param backbone the backbone's name in the results
     * @param method the method's name in the results
     * @param seeds the seeds of both methods, which are averaged
     * @return empty if there is none
     */
    Optional<Difference> of(String dataset, String backbone, String method, List<Long> seeds, SampleMetric metric);
}
