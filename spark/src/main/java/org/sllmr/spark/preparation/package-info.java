// SPDX-License-Identifier: Apache-2.0
/**
 * Preparation of data that is larger than one machine's memory. Spark does what is global: order, filters, numbering. What
 * becomes of one user's rows is made by module {@code preparation}, so there is one implementation of the rules.
 */
@NullMarked
package org.sllmr.spark.preparation;

import org.jspecify.annotations.NullMarked;
