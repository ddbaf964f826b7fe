// SPDX-License-Identifier: Apache-2.0
/** A sequence backbone in the style of SASRec (Kang and McAuley 2018). */
@NullMarked
package org.sllmr.model.backbone.sasrec;

import org.jspecify.annotations.NullMarked;
