// SPDX-License-Identifier: Apache-2.0
/** Finds what of a network depends on the user, on the item, and on both. */
@NullMarked
package org.sllmr.model.ranking;

import org.jspecify.annotations.NullMarked;
