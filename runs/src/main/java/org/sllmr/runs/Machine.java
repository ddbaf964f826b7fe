// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The machine of a run; only the same processor and BLAS kernel give the same bits.
 *
 * @param java vendor and version of the Java runtime
 * @param operatingSystem name, version and architecture
 * @param processor model of the processor, or its architecture if the model is unknown
 * @param processors number of processors that Java may use
 * @param blasKernel kernel chosen by the BLAS library, such as {@code Haswell} or {@code SkylakeX}
 */
public record Machine(String java, String operatingSystem, String processor, int processors, String blasKernel) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** This machine; the caller knows the BLAS kernel from the loaded library. */
    public static Machine here(String blasKernel) {
        return new Machine(
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                processorModel(),
                Runtime.getRuntime().availableProcessors(),
                blasKernel);
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
