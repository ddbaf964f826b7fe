// SPDX-License-Identifier: Apache-2.0
/** Full ranking of runs: every item of the catalogue for every user, and the stored results. */
@NullMarked
package org.sllmr.runs.ranking;

import org.jspecify.annotations.NullMarked;
