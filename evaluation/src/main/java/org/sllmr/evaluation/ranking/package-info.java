// SPDX-License-Identifier: Apache-2.0
/** Full ranking: where positives stand among all candidates, and which items the top of the lists shows. */
@NullMarked
package org.sllmr.evaluation.ranking;

import org.jspecify.annotations.NullMarked;
