// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The checks of a machine; each has a finding and, if needed, a remedy. */
final class MachineChecks {
    private static final long GIB = 1L << 30;
    private static final String LAUNCHER = "start the program with the ./sllmr launcher, which sets this";

    /** The platforms that DuckDB, ONNX Runtime and the tokenizers have binaries for; everything else is plain Java. */
    static final Set<String> PLATFORMS = Set.of("linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64");

    private final Machine machine;

    MachineChecks(Machine machine) {
        this.machine = machine;
    }

    List<Finding> findings() {
        return List.of(java(), vectorModule(), processor(), platform(), heap(), memory());
    }

    private Finding java() {
        return machine.javaFeature() >= 17
                ? Finding.ok("Java", machine.java())
                : Finding.failure("Java", machine.java(), "install a JDK, 17 or newer, and point JAVA_HOME at it");
    }

    private Finding vectorModule() {
        String check = "Vector module";
        return machine.vectorModule()
                ? Finding.ok(check, "on")
                : Finding.warning(check, "off: training and ranking take several times as long", LAUNCHER);
    }

    private Finding processor() {
        String check = "Processor";
        String name = (machine.cpu().isEmpty() ? machine.architecture() : machine.cpu()) + ", " + machine.processors()
                + (machine.processors() == 1 ? " core" : " cores");
        if (machine.cpuFlags().contains("avx512f")) {
            return Finding.ok(check, name + ", AVX-512");
        } else if (machine.cpuFlags().contains("avx2")) {
            return Finding.ok(check, name + ", AVX2");
        } else if (machine.architecture().equals("x86_64") && machine.system().equals("linux")) {
            return Finding.warning(check, name + ", no AVX2", "training works but is slow; use a newer processor");
        }
        return Finding.ok(check, name);
    }

    private Finding platform() {
        String check = "Platform";
        if (machine.musl()) {
            return Finding.failure(
                    check,
                    machine.platform() + " with the musl C library",
                    "DuckDB and ONNX Runtime need glibc: use a Debian, Ubuntu or Red Hat system or image, not Alpine");
        }
        return PLATFORMS.contains(machine.platform())
                ? Finding.ok(check, machine.platform())
                : Finding.failure(
                        check,
                        machine.platform() + ", which DuckDB and ONNX Runtime have no binaries for",
                        "train, evaluate and rank there; for Parquet files, the embedding teacher, language models and"
                                + " grids use Linux (x86-64, arm64), macOS (arm64) or Windows (x86-64)");
    }

    private Finding heap() {
        return machine.heap() >= GIB
                ? Finding.ok("Java heap", "up to " + size(machine.heap()))
                : Finding.warning(
                        "Java heap", "up to " + size(machine.heap()), "set SLLMR_HEAP=2g or more for real data");
    }

    private Finding memory() {
        String check = "Memory";
        if (machine.memory() <= 0) {
            return Finding.ok(check, "unknown");
        }
        // The runtime itself, DuckDB and ONNX Runtime take a few hundred MiB beside the heap.
        long beside = machine.memory() - machine.heap();
        if (beside < GIB / 2) {
            return Finding.warning(
                    check,
                    size(machine.memory()) + ", of which only " + size(Math.max(0, beside)) + " are outside the Java"
                            + " heap",
                    "leave at least 0.5 GiB for what is not heap: set SLLMR_HEAP lower");
        }
        return machine.memory() >= 3 * GIB
                ? Finding.ok(check, size(machine.memory()))
                : Finding.warning(check, size(machine.memory()), "4 GiB or more are recommended");
    }

    static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) GIB);
    }
}
