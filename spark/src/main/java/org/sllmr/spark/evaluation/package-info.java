// SPDX-License-Identifier: Apache-2.0
/** The full ranking of a run by partitions of its users. */
@NullMarked
package org.sllmr.spark.evaluation;

import org.jspecify.annotations.NullMarked;
