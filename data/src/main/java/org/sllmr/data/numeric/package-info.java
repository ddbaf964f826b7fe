/** Functions and sums of doubles with the same bits on every processor and every version of Java. */
@NullMarked
package org.sllmr.data.numeric;

import org.jspecify.annotations.NullMarked;
