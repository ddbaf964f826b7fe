// SPDX-License-Identifier: Apache-2.0
/** LightGCN (He et al. 2020). */
@NullMarked
package org.sllmr.model.backbone.lightgcn;

import org.jspecify.annotations.NullMarked;
