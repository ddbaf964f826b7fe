// SPDX-License-Identifier: Apache-2.0
/** A network as a graph of operations: what training, scoring, ranking and export read. */
@NullMarked
package org.sllmr.model.graph;

import org.jspecify.annotations.NullMarked;
