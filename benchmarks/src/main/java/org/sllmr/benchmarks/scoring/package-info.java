// SPDX-License-Identifier: Apache-2.0
/** Throughput of asking a language model. */
@NullMarked
package org.sllmr.benchmarks.scoring;

import org.jspecify.annotations.NullMarked;
