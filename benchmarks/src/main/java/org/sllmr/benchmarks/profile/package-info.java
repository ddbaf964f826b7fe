/** Processor time by part of a training step. */
@NullMarked
package org.sllmr.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
