// SPDX-License-Identifier: Apache-2.0
/** What a plan's candidates become when they are asked: requests with stable names. */
@NullMarked
package org.sllmr.llm.request;

import org.jspecify.annotations.NullMarked;
