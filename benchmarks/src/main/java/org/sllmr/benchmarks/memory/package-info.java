// SPDX-License-Identifier: Apache-2.0
/** Memory of a measured process. */
@NullMarked
package org.sllmr.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
