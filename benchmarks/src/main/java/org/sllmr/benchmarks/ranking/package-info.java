// SPDX-License-Identifier: Apache-2.0
/** Scoring whole catalogues, compared with whole rows here and in PyTorch. */
@NullMarked
package org.sllmr.benchmarks.ranking;

import org.jspecify.annotations.NullMarked;
