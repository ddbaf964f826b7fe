/** The guidance rows that join a batch, with their teacher scores and the pairs among them. */
@NullMarked
package org.sllmr.training.supervision;

import org.jspecify.annotations.NullMarked;
