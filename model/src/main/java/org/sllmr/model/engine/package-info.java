// SPDX-License-Identifier: Apache-2.0
/** Runs a graph on batches of rows, forward and backward. */
@NullMarked
package org.sllmr.model.engine;

import org.jspecify.annotations.NullMarked;
