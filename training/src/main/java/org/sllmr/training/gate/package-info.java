/** Gates: how much a pair of the teacher's counts. */
@NullMarked
package org.sllmr.training.gate;

import org.jspecify.annotations.NullMarked;
