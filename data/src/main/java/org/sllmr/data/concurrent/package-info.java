// SPDX-License-Identifier: Apache-2.0
/** Work divided among threads, with a fixed order of results, progress, and a clean stop. */
@NullMarked
package org.sllmr.data.concurrent;

import org.jspecify.annotations.NullMarked;
