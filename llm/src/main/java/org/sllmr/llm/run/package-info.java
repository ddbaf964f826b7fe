// SPDX-License-Identifier: Apache-2.0
/** Asks a language model for all missing answers, within its limits and the budget. */
@NullMarked
package org.sllmr.llm.run;

import org.jspecify.annotations.NullMarked;
