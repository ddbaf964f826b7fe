/** From raw tables to a dataset: filters, order, leave-one-out, negatives. */
@NullMarked
package org.sllmr.data.prepare;

import org.jspecify.annotations.NullMarked;
