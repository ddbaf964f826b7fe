// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import org.sllmr.data.TrainedRows;
import org.sllmr.model.schema.SchemaFit;

/**
 * What a run knows of its data, so that it can be read and continued without them.
 *
 * @param partsBy what decided on the parts of its dataset, such as {@code leave-one-out}
 * @param labelled whether rows had labels of their own
 * @param schema values of the embedding tables, and what was fitted to numbers
 * @param rows what was trained on, by this run and those that it goes on from
 */
public record RunMemory(String partsBy, boolean labelled, SchemaFit schema, TrainedRows rows) {}
