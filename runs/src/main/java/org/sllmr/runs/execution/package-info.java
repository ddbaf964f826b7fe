// SPDX-License-Identifier: Apache-2.0
/** Executing a grid: parallel runs, and results that survive a stop. */
@NullMarked
package org.sllmr.runs.execution;

import org.jspecify.annotations.NullMarked;
