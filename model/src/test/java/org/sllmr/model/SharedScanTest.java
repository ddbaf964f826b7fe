// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;

class SharedScanTest {
    private static final int BLOCKS = 50;

    private final AtomicInteger read = new AtomicInteger();
    private final SharedScan<Object> scan = new SharedScan<>(BLOCKS, (memory, number) -> {
        read.incrementAndGet();
        return new CatalogueItems.Block(number, new float[1], List.of());
    });

    private void run(SharedScan.Visit<Object> visit, Deadline deadline) {
        try (SharedScan<Object>.Pass pass = scan.join(visit)) {
            pass.help(this, deadline);
            pass.await();
        }
    }

    @Test
    void requestsThatAreUnderWayShareEachBlock() {
        AtomicInteger[] seen = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        try (SharedScan<Object>.Pass first = scan.join((memory, block) -> seen[0].incrementAndGet());
                SharedScan<Object>.Pass second = scan.join((memory, block) -> seen[1].incrementAndGet())) {
            // One that joins in the middle has all blocks when the scan has come round to where it joined.
            AtomicInteger asked = new AtomicInteger();
            assertThatThrownBy(() -> first.help(this, Deadline.when(() -> asked.incrementAndGet() > 20)))
                    .isInstanceOf(TooLateException.class);
            assertThat(read).hasValue(20);
            run((memory, block) -> seen[2].incrementAndGet(), Deadline.NONE);
            first.await();
            second.await();
        }
        assertThat(seen).extracting(AtomicInteger::get).containsOnly(BLOCKS);
        assertThat(read).as("blocks read for three requests").hasValue(20 + BLOCKS);
    }

    @Test
    void eachRequestSeesEachBlockOnceWhateverOthersDo() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int request = 0; request < 400; request++) {
            int number = request;
            all.add(threads.submit(() -> {
                AtomicIntegerArray seen = new AtomicIntegerArray(BLOCKS);
                SharedScan.Visit<Object> visit = (memory, block) -> {
                    seen.incrementAndGet(block.first());
                    if (number % 7 == 0 && block.first() == 31) {
                        throw new IllegalStateException("request " + number);
                    }
                };
                AtomicInteger asked = new AtomicInteger();
                if (number % 7 == 0) {
                    assertThatThrownBy(() -> run(visit, Deadline.NONE)).hasMessage("request " + number);
                } else if (number % 7 == 1) {
                    assertThatThrownBy(() -> run(visit, Deadline.when(() -> asked.incrementAndGet() > 0)))
                            .isInstanceOf(TooLateException.class);
                } else {
                    run(visit, Deadline.NONE);
                    for (int block = 0; block < BLOCKS; block++) {
                        assertThat(seen.get(block))
                                .as("request %d, block %d", number, block)
                                .isEqualTo(1);
                    }
                }
            }));
        }
        for (Future<?> each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
    }
}
