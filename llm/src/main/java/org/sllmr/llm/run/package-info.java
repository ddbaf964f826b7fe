// SPDX-License-Identifier: Apache-2.0
/** Asks a language model everything that is not answered yet, within its limits and the budget. */
@NullMarked
package org.sllmr.llm.run;

import org.jspecify.annotations.NullMarked;
