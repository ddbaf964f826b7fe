/** How far the teacher is trusted with a pair: the signals, and the gates that read them. */
@NullMarked
package org.sllmr.training.gate;

import org.jspecify.annotations.NullMarked;
