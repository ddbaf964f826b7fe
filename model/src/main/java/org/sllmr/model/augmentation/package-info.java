// SPDX-License-Identifier: Apache-2.0
/** What texts know of users and items, as further inputs of any backbone. */
@NullMarked
package org.sllmr.model.augmentation;

import org.jspecify.annotations.NullMarked;
