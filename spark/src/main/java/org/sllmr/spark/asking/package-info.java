// SPDX-License-Identifier: Apache-2.0
/** Questions to a language model by partitions of users, within limits that the driver shares out. */
@NullMarked
package org.sllmr.spark.asking;

import org.jspecify.annotations.NullMarked;
