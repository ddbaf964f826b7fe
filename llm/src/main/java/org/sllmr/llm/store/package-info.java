// SPDX-License-Identifier: Apache-2.0
/** The store of all answers of a provider, and the scores in it. */
@NullMarked
package org.sllmr.llm.store;

import org.jspecify.annotations.NullMarked;
