// SPDX-License-Identifier: Apache-2.0
package org.sllmr.experiments.result;

/** A two-sided test of paired values, such as the paired t-test over seeds. */
@FunctionalInterface
public interface PairedTest {
    /**
     * Compares a method with its baseline.
     *
     * @param baseline values of the baseline, at least two
     * @param method values of the method under the same seeds, in the same order
     */
    PairedDifference compare(double[] baseline, double[] method);
}
