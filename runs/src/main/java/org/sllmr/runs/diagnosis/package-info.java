/** Where a teacher helped a run and where it hurt, and what the gate learned. */
@NullMarked
package org.sllmr.runs.diagnosis;

import org.jspecify.annotations.NullMarked;
