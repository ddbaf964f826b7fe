// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class WorkersTest {
    @Test
    void resultsComeInTheOrderOfTheWork() throws InterruptedException {
        try (Workers workers = new Workers(3, "test")) {
            List<Callable<Integer>> work = IntStream.range(0, 50)
                    .mapToObj(number -> (Callable<Integer>) () -> {
                        Thread.sleep(number % 3);
                        return number;
                    })
                    .toList();
            assertThat(workers.all(work))
                    .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
        }
    }

    @Test
    void failuresAreRethrownUnchanged() {
        try (Workers workers = new Workers(1, "test")) {
            assertThatThrownBy(() -> workers.start(() -> {
                                throw new IllegalArgumentException("one");
                            })
                            .get())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("one");
            assertThatThrownBy(() -> workers.start(() -> {
                                throw new InterruptedException("two");
                            })
                            .get())
                    .isInstanceOf(InterruptedException.class);
            assertThatThrownBy(() -> workers.start(() -> {
                                throw new IOException("three");
                            })
                            .get())
                    .hasRootCauseMessage("three");
        }
    }

    @Test
    void closingInterruptsAndAwaitsRunningWork() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        try (Workers workers = new Workers(1, "test")) {
            workers.start(() -> {
                begun.countDown();
                try {
                    Thread.sleep(600_000);
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                Thread.sleep(50);
                ended.set(true);
                return null;
            });
            begun.await();
        }
        assertThat(interrupted).isTrue();
        assertThat(ended).isTrue();
    }
}
