// SPDX-License-Identifier: Apache-2.0
/** Executing a grid: runs side by side, results that survive a stop. */
@NullMarked
package org.sllmr.runs.execution;

import org.jspecify.annotations.NullMarked;
