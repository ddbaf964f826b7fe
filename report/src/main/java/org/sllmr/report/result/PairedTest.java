// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import org.sllmr.evaluation.significance.PairedTTest;

/** A two-sided test of paired values, such as the paired t-test over seeds. */
@FunctionalInterface
public interface PairedTest {
    /**
     * Compares a method with its baseline, as if nothing else were compared.
     *
     * @param baseline values of the baseline, at least two
     * @param method values of the method under the same seeds, in the same order
     */
    PairedDifference compare(double[] baseline, double[] method);

    /** The paired t-test; {@code confidence} is the level of its interval, in (0, 1). */
    static PairedTest tTest(double confidence) {
        return (baseline, method) -> {
            PairedTTest test = PairedTTest.of(baseline, method, confidence);
            return new PairedDifference(
                    test.difference(),
                    test.lower(),
                    test.upper(),
                    confidence,
                    test.pValue(),
                    test.pValue(),
                    test.effectSize(),
                    test.pairs());
        };
    }
}
