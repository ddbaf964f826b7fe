// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class BlocksTest {
    @Test
    void everyIndexIsProcessedOnce() throws InterruptedException {
        try (Blocks blocks = new Blocks(3)) {
            for (int size : new int[] {0, 1, 9, 10, 11, 1000}) {
                AtomicIntegerArray counts = new AtomicIntegerArray(size);
                List<Long> progress = new ArrayList<>();
                blocks.run(size, 10, "stage", (stage, done, total) -> progress.add(done), (from, to) -> {
                    for (int index = from; index < to; index++) {
                        counts.incrementAndGet(index);
                    }
                });
                for (int index = 0; index < size; index++) {
                    assertThat(counts.get(index)).isEqualTo(1);
                }
                assertThat(progress).isSorted();
                if (size > 0) {
                    assertThat(progress.get(progress.size() - 1)).isEqualTo(size);
                }
            }
        }
    }

    @Test
    void aFailureIsThrownAndStopsTheRest() {
        AtomicInteger run = new AtomicInteger();
        try (Blocks blocks = new Blocks(2)) {
            assertThatThrownBy(() -> blocks.run(1_000_000, 1, (from, to) -> {
                        run.incrementAndGet();
                        if (from == 10) {
                            throw new IllegalArgumentException("ten");
                        }
                        Thread.sleep(1);
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("ten");
        }
        // Those of the other thread until it learns of the failure; all would take minutes.
        assertThat(run.get()).isLessThan(500_000);
    }

    @Test
    void anInterruptedCallerWaitsForRunningBlocks() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(1);
        List<String> outcome = new ArrayList<>();
        try (Blocks blocks = new Blocks(2)) {
            Thread caller = new Thread(() -> {
                try {
                    blocks.run(1_000_000, 1, (from, to) -> {
                        running.incrementAndGet();
                        started.countDown();
                        long end = System.nanoTime() + 20_000_000;
                        while (System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                        running.decrementAndGet();
                    });
                } catch (InterruptedException expected) {
                    outcome.add("interrupted, running " + running.get());
                }
            });
            caller.start();
            started.await();
            caller.interrupt();
            caller.join();
        }
        assertThat(outcome).containsExactly("interrupted, running 0");
    }
}
