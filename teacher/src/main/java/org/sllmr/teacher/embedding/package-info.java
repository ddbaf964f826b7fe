// SPDX-License-Identifier: Apache-2.0
/** Item texts as vectors of a small local language model, and the teacher that compares them. */
@NullMarked
package org.sllmr.teacher.embedding;

import org.jspecify.annotations.NullMarked;
