// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import org.sllmr.runs.SplitMetrics;

/**
 * The test metrics of one run.
 *
 * @param method the method, such as {@code S-LLMR} or the backbone alone
 * @param dataset name of the dataset
 * @param backbone name of the backbone
 * @param seed the run's seed; results of two methods with the same seed are paired
 * @param test metrics of the test samples
 */
public record Result(String method, String dataset, String backbone, long seed, SplitMetrics test) {}
