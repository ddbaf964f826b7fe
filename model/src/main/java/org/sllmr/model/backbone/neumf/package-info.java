// SPDX-License-Identifier: Apache-2.0
/** Neural matrix factorisation (He et al. 2017). */
@NullMarked
package org.sllmr.model.backbone.neumf;

import org.jspecify.annotations.NullMarked;
