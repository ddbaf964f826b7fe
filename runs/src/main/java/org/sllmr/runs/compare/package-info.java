// SPDX-License-Identifier: Apache-2.0
/** The comparison of runs: differences, intervals and tests. */
@NullMarked
package org.sllmr.runs.compare;

import org.jspecify.annotations.NullMarked;
