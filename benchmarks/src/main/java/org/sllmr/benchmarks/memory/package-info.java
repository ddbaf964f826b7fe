// SPDX-License-Identifier: Apache-2.0
/** What memory a measured process takes. */
@NullMarked
package org.sllmr.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
