// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import java.util.function.IntConsumer;

/** Runs tasks that do not share memory, in any order and in as many threads as it likes. */
@FunctionalInterface
public interface Parallel {
    /** Returns when the tasks 0 to {@code count - 1} are done. */
    void run(int count, IntConsumer task);
}
