// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.table;

/**
 * Embedding rows as networks read them: those that are trained, or what a propagation makes of them.
 *
 * @param values the floats of all rows; not to be written to
 * @param stride floats from one row to the next
 */
public record TableRows(float[] values, int stride) {}
