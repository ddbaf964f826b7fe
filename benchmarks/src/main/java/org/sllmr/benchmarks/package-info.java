/** The benchmarks' entry point. */
@NullMarked
package org.sllmr.benchmarks;

import org.jspecify.annotations.NullMarked;
