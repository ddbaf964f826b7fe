// SPDX-License-Identifier: Apache-2.0
/** Full ranking: the ranks of positives among all candidates, and the items in the top lists. */
@NullMarked
package org.sllmr.evaluation.ranking;

import org.jspecify.annotations.NullMarked;
