/** DCN-V2 (Wang et al. 2021). */
@NullMarked
package org.sllmr.model.backbone.dcnv2;

import org.jspecify.annotations.NullMarked;
