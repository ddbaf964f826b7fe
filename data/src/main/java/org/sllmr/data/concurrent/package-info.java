// SPDX-License-Identifier: Apache-2.0
/** Numbered blocks of work on a few threads, with progress and a clean stop. */
@NullMarked
package org.sllmr.data.concurrent;

import org.jspecify.annotations.NullMarked;
