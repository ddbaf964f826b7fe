// SPDX-License-Identifier: Apache-2.0
/** Language models of a provider: prompts, replies and failures. */
@NullMarked
package org.sllmr.llm;

import org.jspecify.annotations.NullMarked;
