/** From raw tables to a dataset: filters, order, leave-one-out, negatives. */
@NullMarked
package org.sllmr.preparation;

import org.jspecify.annotations.NullMarked;
