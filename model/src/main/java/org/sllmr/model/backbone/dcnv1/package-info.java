// SPDX-License-Identifier: Apache-2.0
/** Deep &amp; Cross Network (Wang et al. 2017). */
@NullMarked
package org.sllmr.model.backbone.dcnv1;

import org.jspecify.annotations.NullMarked;
