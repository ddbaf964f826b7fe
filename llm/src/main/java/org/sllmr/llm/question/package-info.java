// SPDX-License-Identifier: Apache-2.0
/** Questions about a user's candidates: how they are worded and how answers are read. */
@NullMarked
package org.sllmr.llm.question;

import org.jspecify.annotations.NullMarked;
