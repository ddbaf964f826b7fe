/**
 * The oracle teacher: an upper bound on the gain from any teacher.
 *
 * <p>Scoring otherwise sees training interactions only. This package is the one exception: it deliberately adds
 * validation positives to a teacher table. It has no access to test interactions.
 */
@NullMarked
package org.sllmr.runs.oracle;

import org.jspecify.annotations.NullMarked;
