// SPDX-License-Identifier: Apache-2.0
/** Networks that score one user with many items, and compute once what depends on the user or the item alone. */
@NullMarked
package org.sllmr.model.pair;

import org.jspecify.annotations.NullMarked;
