// SPDX-License-Identifier: Apache-2.0
/** The requests of a plan, with stable keys. */
@NullMarked
package org.sllmr.llm.request;

import org.jspecify.annotations.NullMarked;
