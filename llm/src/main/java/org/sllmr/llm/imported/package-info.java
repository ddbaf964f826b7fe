/** Scores that were made elsewhere, as a teacher table. */
@NullMarked
package org.sllmr.llm.imported;

import org.jspecify.annotations.NullMarked;
