/** Training speed compared with PyTorch. */
@NullMarked
package org.sllmr.benchmarks.epoch;

import org.jspecify.annotations.NullMarked;
