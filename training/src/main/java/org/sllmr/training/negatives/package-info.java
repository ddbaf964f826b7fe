// SPDX-License-Identifier: Apache-2.0
/** Which negatives an epoch trains on. */
@NullMarked
package org.sllmr.training.negatives;

import org.jspecify.annotations.NullMarked;
