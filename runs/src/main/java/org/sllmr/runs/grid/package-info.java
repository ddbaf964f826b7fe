// SPDX-License-Identifier: Apache-2.0
/** An experiment as a grid: what is declared, and the runs that follow from it. */
@NullMarked
package org.sllmr.runs.grid;

import org.jspecify.annotations.NullMarked;
