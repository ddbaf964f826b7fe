// SPDX-License-Identifier: Apache-2.0
/** Language models behind a provider: one question, one reply, and how asking can fail. */
@NullMarked
package org.sllmr.llm;

import org.jspecify.annotations.NullMarked;
