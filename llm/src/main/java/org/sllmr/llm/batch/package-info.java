/** Batches: many questions at once, at half the price, answered within a day instead of seconds. */
@NullMarked
package org.sllmr.llm.batch;

import org.jspecify.annotations.NullMarked;
