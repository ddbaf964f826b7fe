// SPDX-License-Identifier: Apache-2.0
/** How the cost of training grows. */
@NullMarked
package org.sllmr.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
