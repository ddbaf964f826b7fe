/** A training epoch, side by side with PyTorch. */
@NullMarked
package org.sllmr.benchmarks.epoch;

import org.jspecify.annotations.NullMarked;
