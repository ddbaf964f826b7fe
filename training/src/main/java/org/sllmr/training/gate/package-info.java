/** How far the teacher is trusted with a pair. */
@NullMarked
package org.sllmr.training.gate;

import org.jspecify.annotations.NullMarked;
