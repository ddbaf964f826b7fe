/** Imports scores from other programs as a teacher table. */
@NullMarked
package org.sllmr.llm.imported;

import org.jspecify.annotations.NullMarked;
