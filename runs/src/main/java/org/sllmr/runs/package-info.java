// SPDX-License-Identifier: Apache-2.0
/** Runs: settings, execution, and the run folder, which is written atomically. */
@NullMarked
package org.sllmr.runs;

import org.jspecify.annotations.NullMarked;
