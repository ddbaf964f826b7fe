// SPDX-License-Identifier: Apache-2.0
/** Item texts as vectors of a small sentence encoder that runs in the process, and the file that keeps them. */
@NullMarked
package org.sllmr.embedding;

import org.jspecify.annotations.NullMarked;
