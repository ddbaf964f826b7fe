// SPDX-License-Identifier: Apache-2.0
/** Where everything that a provider answered is kept, and what is read from there. */
@NullMarked
package org.sllmr.llm.store;

import org.jspecify.annotations.NullMarked;
