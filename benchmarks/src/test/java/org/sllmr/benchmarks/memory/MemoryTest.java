// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void memoryBesideTheHeapIsSeen() throws IOException {
        Memory before = Memory.now();
        ByteBuffer block = ByteBuffer.allocateDirect(64 << 20);
        for (int at = 0; at < block.capacity(); at += 1024) {
            block.put(at, (byte) 1);
        }
        Memory after = Memory.now();
        assertThat(after.resident() - before.resident()).isBetween(48.0, 256.0);
        assertThat(after.unshared() - before.unshared()).isBetween(48.0, 256.0);
        assertThat(after.heap() - before.heap()).isLessThan(32);
        assertThat(after.unshared()).isLessThanOrEqualTo(after.resident());
        assertThat(block.get(0)).isOne();
    }
}
