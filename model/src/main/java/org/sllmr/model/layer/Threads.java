// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Context;
import org.sllmr.model.kernel.Parallel;

/**
 * Threads in which subnormal numbers count as 0, as they do in the thread that asks for them: the arithmetic, and so the
 * bits, must not depend on which thread takes a task.
 */
final class Threads {
    /** The calling thread alone. */
    static final Parallel CALLER = (count, task) -> IntStream.range(0, count).forEach(task);

    /** All processors, for work that must be done before the calling thread can go on. */
    static final Parallel ALL = Threads::run;

    private Threads() {}

    private static void run(int count, IntConsumer task) {
        Thread caller = Thread.currentThread();
        IntStream.range(0, count).parallel().forEach(number -> {
            if (Thread.currentThread() == caller) {
                task.accept(number);
                return;
            }
            Context.setFlushDenormal(true);
            try {
                task.accept(number);
            } finally {
                Context.setFlushDenormal(false);
            }
        });
    }
}
