/** Speed of preparing a large log. */
@NullMarked
package org.sllmr.benchmarks.preparation;

import org.jspecify.annotations.NullMarked;
