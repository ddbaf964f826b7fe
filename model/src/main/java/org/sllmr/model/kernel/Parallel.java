// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs tasks that do not share memory, in any order and in as many threads as it likes. */
@FunctionalInterface
public interface Parallel {
    /** The calling thread alone. */
    Parallel CALLER = (count, task) -> {
        for (int number = 0; number < count; number++) {
            task.accept(number);
        }
    };

    /** All processors, for work that must be done before the calling thread can go on. */
    Parallel ALL = (count, task) -> {
        if (count == 1) {
            task.accept(0);
        } else {
            IntStream.range(0, count).parallel().forEach(task);
        }
    };

    /** Returns when the tasks 0 to {@code count - 1} are done. */
    void run(int count, IntConsumer task);
}
