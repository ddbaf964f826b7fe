// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Context;
import org.sllmr.model.interaction.Parallel;

/**
 * Threads in which subnormal numbers count as 0, as they do in the thread that asks for them: the arithmetic, and so the
 * bits, must not depend on which thread takes a task.
 */
final class FlushedParallel implements Parallel {
    @Override
    public void run(int count, IntConsumer task) {
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
