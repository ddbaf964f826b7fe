/** Memory over many training steps. */
@NullMarked
package org.sllmr.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
