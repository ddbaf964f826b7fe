/** Networks from pooled field embeddings to a logit. */
@NullMarked
package org.sllmr.model.backbone;

import org.jspecify.annotations.NullMarked;
