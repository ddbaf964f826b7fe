// SPDX-License-Identifier: Apache-2.0
/** Experiments: grids of runs, tuning, reports. */
@NullMarked
package org.sllmr.cli.experiment;

import org.jspecify.annotations.NullMarked;
