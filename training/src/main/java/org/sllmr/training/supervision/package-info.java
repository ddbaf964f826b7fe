/** What of the teacher's table joins a batch: its rows, their teacher scores, and the pairs among them. */
@NullMarked
package org.sllmr.training.supervision;

import org.jspecify.annotations.NullMarked;
