// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.sllmr.model.engine.EngineKernels;

/**
 * The machine of a run.
 *
 * @param java vendor and version of the Java runtime
 * @param operatingSystem name, version and architecture
 * @param processor model of the processor, or its architecture if the model is unknown
 * @param processors number of processors that Java may use
 * @param kernels what computed, such as {@code SIMD of 512 bits} or {@code plain Java}; runs of versions that used
 *     OpenBLAS have the name of its kernel, behind that library's
 */
public record Machine(String java, String operatingSystem, String processor, int processors, String kernels) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** This machine. */
    public static Machine here() {
        return new Machine(
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                processorModel(),
                Runtime.getRuntime().availableProcessors(),
                EngineKernels.fastest().name());
    }

    private static String processorModel() {
        if (Files.isReadable(CPU_INFO)) {
            try (Stream<String> lines = Files.lines(CPU_INFO)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElseGet(Machine::architecture);
            } catch (IOException | UncheckedIOException e) {
                return architecture();
            }
        }
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return windows != null ? windows : architecture();
    }

    private static String architecture() {
        return System.getProperty("os.arch");
    }
}
