// SPDX-License-Identifier: Apache-2.0
/** Encodes item texts with a small sentence encoder that runs in the process, and caches the vectors. */
@NullMarked
package org.sllmr.embedding;

import org.jspecify.annotations.NullMarked;
