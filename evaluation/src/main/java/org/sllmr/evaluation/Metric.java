// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.OptionalDouble;

/**
 * One measured number and the rows that it rests on.
 *
 * @param value the number; empty where it is not defined, such as the AUC of rows of one class
 * @param samples number of rows
 * @param positives how many of them are positives
 */
public record Metric(OptionalDouble value, int samples, int positives) {}
