// SPDX-License-Identifier: Apache-2.0
/** Recommendations and scores by partitions of rows, each with the bits that the library gives. */
@NullMarked
package org.sllmr.spark.recommendation;

import org.jspecify.annotations.NullMarked;
