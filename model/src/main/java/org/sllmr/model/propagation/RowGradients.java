// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.propagation;

/**
 * Derivatives of a loss by trained rows.
 *
 * @param rows the rows, each once
 * @param count how many of them
 * @param values {@code [count, stride]}
 */
public record RowGradients(int[] rows, int count, float[] values) {}
