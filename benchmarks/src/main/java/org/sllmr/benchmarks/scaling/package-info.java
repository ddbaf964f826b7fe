// SPDX-License-Identifier: Apache-2.0
/** Growth of the cost of training. */
@NullMarked
package org.sllmr.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
