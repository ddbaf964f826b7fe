// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.memory;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process's current memory, in MiB.
 *
 * @param resident what the system counts as resident
 * @param heap the used part of the Java heap, garbage included
 * @param unshared resident pages that are not those of a file: without mapped libraries and class archives
 */
public record Memory(double resident, double heap, double unshared) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double MEBIBYTE = 1 << 20;

    /** Reads it; where there is no {@code /proc}, what Java knows that it has taken stands for what is resident. */
    public static Memory now() throws IOException {
        MemoryMXBean java = ManagementFactory.getMemoryMXBean();
        double heap = java.getHeapMemoryUsage().getUsed() / MEBIBYTE;
        if (Files.isReadable(STATUS)) {
            List<String> status = Files.readAllLines(STATUS);
            return new Memory(mebibytes(status, "VmRSS:"), heap, mebibytes(status, "RssAnon:"));
        }
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        long committed = java.getHeapMemoryUsage().getCommitted()
                + java.getNonHeapMemoryUsage().getCommitted();
        double taken = (committed + buffers) / MEBIBYTE;
        return new Memory(taken, heap, taken);
    }

    private static double mebibytes(List<String> status, String key) throws IOException {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " does not tell " + key));
    }
}
