// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import org.bytedeco.pytorch.Tensor;
import org.sllmr.model.layer.Pass;

/**
 * What a backbone reads; a backbone that attends over single history items will find them here beside the pooled fields.
 *
 * @param fields pooled embeddings {@code [rows, fields * dimension]}
 * @param pass how the pass is made
 */
public record Inputs(Tensor fields, Pass pass) {}
