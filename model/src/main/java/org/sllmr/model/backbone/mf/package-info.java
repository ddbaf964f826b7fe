// SPDX-License-Identifier: Apache-2.0
/** Matrix factorisation (Koren et al. 2009). */
@NullMarked
package org.sllmr.model.backbone.mf;

import org.jspecify.annotations.NullMarked;
