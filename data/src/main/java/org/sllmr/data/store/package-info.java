/** The dataset and its folder: what preparation writes once and everything else opens. */
@NullMarked
package org.sllmr.data.store;

import org.jspecify.annotations.NullMarked;
