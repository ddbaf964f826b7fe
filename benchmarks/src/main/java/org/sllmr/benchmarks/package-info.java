/** Starts the measurements. */
@NullMarked
package org.sllmr.benchmarks;

import org.jspecify.annotations.NullMarked;
