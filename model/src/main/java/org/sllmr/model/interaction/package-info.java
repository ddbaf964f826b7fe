// SPDX-License-Identifier: Apache-2.0
/** The compressed interaction network's products, fused, in Java memory. */
@NullMarked
package org.sllmr.model.interaction;

import org.jspecify.annotations.NullMarked;
