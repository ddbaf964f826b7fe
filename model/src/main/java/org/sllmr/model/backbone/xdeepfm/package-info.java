// SPDX-License-Identifier: Apache-2.0
/** xDeepFM (Lian et al. 2018). */
@NullMarked
package org.sllmr.model.backbone.xdeepfm;

import org.jspecify.annotations.NullMarked;
