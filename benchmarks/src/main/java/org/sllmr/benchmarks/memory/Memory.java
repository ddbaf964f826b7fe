// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.memory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;

/**
 * The process's current memory, in MiB.
 *
 * @param resident resident memory
 * @param heap used Java heap, including garbage
 * @param physical resident pages that are not shared with files, as the tensor library counts them
 */
public record Memory(double resident, double heap, double physical) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double MEBIBYTE = 1 << 20;

    /** Reads the current values. */
    public static Memory now() throws IOException {
        return new Memory(
                residentKibibytes() / 1024,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE,
                Pointer.physicalBytes() / MEBIBYTE);
    }

    private static double residentKibibytes() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return Pointer.physicalBytes() / 1024.0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " has no VmRSS"));
    }
}
