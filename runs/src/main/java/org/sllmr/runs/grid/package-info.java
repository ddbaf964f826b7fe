// SPDX-License-Identifier: Apache-2.0
/** Grids: the declaration of an experiment, and its runs. */
@NullMarked
package org.sllmr.runs.grid;

import org.jspecify.annotations.NullMarked;
