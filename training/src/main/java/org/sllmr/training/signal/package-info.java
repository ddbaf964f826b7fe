// SPDX-License-Identifier: Apache-2.0
/** What a gate is told of a row: cold user, long-tail item, unsure model (paper, Section 3.3). */
@NullMarked
package org.sllmr.training.signal;

import org.jspecify.annotations.NullMarked;
