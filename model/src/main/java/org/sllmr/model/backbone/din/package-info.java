// SPDX-License-Identifier: Apache-2.0
/** Deep Interest Network (Zhou et al. 2018). */
@NullMarked
package org.sllmr.model.backbone.din;

import org.jspecify.annotations.NullMarked;
