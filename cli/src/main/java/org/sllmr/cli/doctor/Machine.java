// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sllmr.model.kernel.SimdModule;

/**
 * Facts about the machine and this process.
 *
 * @param java version and vendor
 * @param javaFeature feature release, such as 17
 * @param system the operating system: {@code linux}, {@code macosx}, {@code windows} or its own name
 * @param architecture the processor's: {@code x86_64}, {@code arm64} or its own name
 * @param musl whether the C library is musl
 * @param cpu the processor's name, or empty
 * @param cpuFlags its instruction sets by Linux's names; empty if unknown
 * @param processors number of processors that this process may use
 * @param memory memory in bytes, of the container if there is one
 * @param heap maximum size of the Java heap in bytes
 * @param vectorModule whether the incubator module for SIMD is loaded
 * @param environment environment variables
 * @param properties system properties
 */
record Machine(
        String java,
        int javaFeature,
        String system,
        String architecture,
        boolean musl,
        String cpu,
        Set<String> cpuFlags,
        int processors,
        long memory,
        long heap,
        boolean vectorModule,
        Map<String, String> environment,
        Map<String, String> properties) {

    /** The machine that this process runs on. */
    static Machine current() {
        Map<String, String> properties = System.getProperties().stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, System::getProperty));
        String cpuInfo = cpuInfo();
        return new Machine(
                Runtime.version() + ", " + System.getProperty("java.vendor"),
                Runtime.version().feature(),
                system(System.getProperty("os.name")),
                architecture(System.getProperty("os.arch")),
                isMusl(),
                value(cpuInfo, "model name"),
                Set.of(value(cpuInfo, "flags").split("\\s+")),
                Runtime.getRuntime().availableProcessors(),
                physicalMemory(),
                Runtime.getRuntime().maxMemory(),
                SimdModule.isLoaded(),
                Map.copyOf(System.getenv()),
                properties);
    }

    /** The platform's name in the native libraries, such as {@code linux-x86_64}. */
    String platform() {
        return system + "-" + architecture;
    }

    private static String system(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac")) {
            return "macosx";
        }
        return lower.startsWith("windows") ? "windows" : lower;
    }

    private static String architecture(String name) {
        return switch (name) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }

    private static boolean isMusl() {
        try (var files = Files.newDirectoryStream(Path.of("/lib"), "ld-musl-*")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    private static String cpuInfo() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** The value of the first line {@code key : value}; empty if there is none. */
    static String value(String cpuInfo, String key) {
        return cpuInfo.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static long physicalMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getTotalMemorySize()
                : 0;
    }
}
