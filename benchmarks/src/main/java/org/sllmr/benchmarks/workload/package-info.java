/** What all measurements train: the published DCN-V2 settings, a dataset, a teacher. */
@NullMarked
package org.sllmr.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
