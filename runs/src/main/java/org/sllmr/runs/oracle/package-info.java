/**
 * The teacher who knows: an upper bound of what a teacher can be worth.
 *
 * <p>Scoring sees training interactions alone. This package is the one exception: it gives a teacher table validation
 * positives, on purpose and by name. Test interactions are out of its reach like out of everybody's.
 */
@NullMarked
package org.sllmr.runs.oracle;

import org.jspecify.annotations.NullMarked;
