/** Where guidance improved a run and where it made it worse, and what the gate learned. */
@NullMarked
package org.sllmr.runs.diagnosis;

import org.jspecify.annotations.NullMarked;
