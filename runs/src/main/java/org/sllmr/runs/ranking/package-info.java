// SPDX-License-Identifier: Apache-2.0
/** Full ranking of finished runs: every item of the catalogue for every user, and what is kept of it. */
@NullMarked
package org.sllmr.runs.ranking;

import org.jspecify.annotations.NullMarked;
