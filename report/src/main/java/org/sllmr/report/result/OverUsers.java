// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.List;
import java.util.Optional;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;

/** Where a table's tests over users come from: they need the models, not only their metrics. */
@FunctionalInterface
public interface OverUsers {
    /** No tests over users, where the models or the data are not at hand. */
    OverUsers NONE = (dataset, backbone, method, seeds, metric) -> Optional.empty();

    /**
     * The difference of a method to the baseline.
     *
     * @param dataset the dataset, as results name it
     * @param backbone the backbone, as results name it
     * @param method the method, as results name it
     * @param seeds the seeds that both have run with, by whose mean they count
     * @return empty where there is none
     */
    Optional<Difference> of(String dataset, String backbone, String method, List<Long> seeds, SampleMetric metric);
}
