// SPDX-License-Identifier: Apache-2.0
/** A language model as the teacher of a dataset, in one call: where to begin from Java. */
@NullMarked
package org.sllmr.llm.asking;

import org.jspecify.annotations.NullMarked;
