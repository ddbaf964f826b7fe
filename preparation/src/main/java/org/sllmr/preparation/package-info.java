/** From raw tables to a dataset: filtering, sorting, leave-one-out split, negatives. */
@NullMarked
package org.sllmr.preparation;

import org.jspecify.annotations.NullMarked;
