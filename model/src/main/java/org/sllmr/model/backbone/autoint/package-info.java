// SPDX-License-Identifier: Apache-2.0
/** AutoInt (Song et al. 2019). */
@NullMarked
package org.sllmr.model.backbone.autoint;

import org.jspecify.annotations.NullMarked;
