/** How long a large log takes to become a dataset. */
@NullMarked
package org.sllmr.benchmarks.preparation;

import org.jspecify.annotations.NullMarked;
