// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

/**
 * A confidence interval.
 *
 * @param lower its lower end
 * @param upper its upper end
 */
public record Interval(double lower, double upper) {}
