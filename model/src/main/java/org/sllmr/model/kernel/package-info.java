/** The inner loops over float arrays, in plain Java and with SIMD, equal to the last bit. */
@NullMarked
package org.sllmr.model.kernel;

import org.jspecify.annotations.NullMarked;
