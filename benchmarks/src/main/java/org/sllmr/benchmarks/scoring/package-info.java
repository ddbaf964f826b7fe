// SPDX-License-Identifier: Apache-2.0
/** How fast a language model's answers can be taken in. */
@NullMarked
package org.sllmr.benchmarks.scoring;

import org.jspecify.annotations.NullMarked;
