// SPDX-License-Identifier: Apache-2.0
/** Training by several tasks at once, each on its share of the users. */
@NullMarked
package org.sllmr.spark.training;

import org.jspecify.annotations.NullMarked;
