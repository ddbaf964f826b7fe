/** Distributions that parameters start from. */
@NullMarked
package org.sllmr.model.initialization;

import org.jspecify.annotations.NullMarked;
