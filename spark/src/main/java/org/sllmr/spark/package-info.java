// SPDX-License-Identifier: Apache-2.0
/** Recommendations and evaluation on Apache Spark, by the code that runs on one machine. */
@NullMarked
package org.sllmr.spark;

import org.jspecify.annotations.NullMarked;
