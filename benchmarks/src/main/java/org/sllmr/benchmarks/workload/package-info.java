/** The workload of all benchmarks: published settings, a dataset, a teacher. */
@NullMarked
package org.sllmr.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
