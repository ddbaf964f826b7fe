// SPDX-License-Identifier: Apache-2.0
/** Questions about a user's candidates: their wording, and the reading of replies. */
@NullMarked
package org.sllmr.llm.question;

import org.jspecify.annotations.NullMarked;
