// SPDX-License-Identifier: Apache-2.0
/** Attention among the fields of a row, in Java memory. */
@NullMarked
package org.sllmr.model.attention;

import org.jspecify.annotations.NullMarked;
