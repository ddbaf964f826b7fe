// SPDX-License-Identifier: Apache-2.0
/** Bundles on their way to the executors of a job, each of which opens them once. */
@NullMarked
package org.sllmr.spark.bundle;

import org.jspecify.annotations.NullMarked;
