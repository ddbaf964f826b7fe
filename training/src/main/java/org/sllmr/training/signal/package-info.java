// SPDX-License-Identifier: Apache-2.0
/** The signals of a row that a gate sees: cold user, long-tail item, uncertain model (paper, Section 3.3). */
@NullMarked
package org.sllmr.training.signal;

import org.jspecify.annotations.NullMarked;
