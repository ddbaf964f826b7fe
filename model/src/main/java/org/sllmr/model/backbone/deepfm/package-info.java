/** DeepFM (Guo et al. 2017). */
@NullMarked
package org.sllmr.model.backbone.deepfm;

import org.jspecify.annotations.NullMarked;
