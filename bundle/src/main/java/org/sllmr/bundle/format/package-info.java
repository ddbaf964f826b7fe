// SPDX-License-Identifier: Apache-2.0
/** How a trained model is kept with all that it needs to recommend. */
@NullMarked
package org.sllmr.bundle.format;

import org.jspecify.annotations.NullMarked;
