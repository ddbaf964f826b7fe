// SPDX-License-Identifier: Apache-2.0
/** Candidate plans and a teacher's scores by partitions of users. */
@NullMarked
package org.sllmr.spark.scoring;

import org.jspecify.annotations.NullMarked;
