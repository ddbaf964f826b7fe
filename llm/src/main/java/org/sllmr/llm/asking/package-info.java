// SPDX-License-Identifier: Apache-2.0
/** A language model as the teacher of a dataset, in one call: the entry point for Java programs. */
@NullMarked
package org.sllmr.llm.asking;

import org.jspecify.annotations.NullMarked;
