/** Recommendation losses: a loss of the logits and its derivative by each, in plain arrays. */
@NullMarked
package org.sllmr.training.objective;

import org.jspecify.annotations.NullMarked;
