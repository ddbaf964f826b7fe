// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The checks of a machine; each has a finding and, if needed, a remedy. */
final class MachineChecks {
    private static final long GIB = 1L << 30;
    private static final String LAUNCHER = "start the program with the ./sllmr launcher, which sets this";

    /** The file of each platform's binaries in the libtorch jars. */
    private static final Map<String, String> LIBTORCH = Map.of(
            "linux-x86_64", "org/bytedeco/pytorch/linux-x86_64/libjnitorch.so",
            "macosx-arm64", "org/bytedeco/pytorch/macosx-arm64/libjnitorch.dylib",
            "windows-x86_64", "org/bytedeco/pytorch/windows-x86_64/jnitorch.dll");

    private final Machine machine;
    private final Predicate<String> onClassPath;

    MachineChecks(Machine machine, Predicate<String> onClassPath) {
        this.machine = machine;
        this.onClassPath = onClassPath;
    }

    List<Finding> findings() {
        return List.of(
                java(),
                vectorModule(),
                processor(),
                platform(),
                libtorch(),
                blasThreads(),
                blasKernel(),
                pointers(),
                heap(),
                memory());
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
                : Finding.warning(check, "off: embedding tables are updated more slowly", LAUNCHER);
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
                    "the native libraries need glibc: use a Debian, Ubuntu or Red Hat system or image, not Alpine");
        }
        return LIBTORCH.containsKey(machine.platform())
                ? Finding.ok(check, machine.platform())
                : Finding.failure(
                        check,
                        machine.platform(),
                        "libtorch is published for Linux x86-64, macOS arm64 and Windows x86-64; use one of these");
    }

    private Finding libtorch() {
        String check = "libtorch";
        String library = LIBTORCH.get(machine.platform());
        if (library != null && onClassPath.test(library)) {
            return Finding.ok(check, "present for " + machine.platform());
        }
        return Finding.failure(
                check,
                "no library for " + machine.platform() + " on the class path",
                "build on this machine (./mvnw verify), so that its platform's libraries are fetched");
    }

    private Finding blasThreads() {
        String check = "BLAS threads";
        String openBlas = machine.environment().getOrDefault("OPENBLAS_NUM_THREADS", "");
        String openMp = machine.environment().getOrDefault("OMP_NUM_THREADS", "");
        if (openBlas.equals("1") && openMp.equals("1")) {
            return Finding.ok(check, "1");
        }
        return Finding.warning(
                check,
                "OPENBLAS_NUM_THREADS=" + openBlas + " OMP_NUM_THREADS=" + openMp,
                "set both to 1: with more, a training step on a busy machine can take ten times as long");
    }

    private Finding blasKernel() {
        String check = "BLAS kernel";
        String kernel = machine.environment().getOrDefault("OPENBLAS_CORETYPE", "");
        boolean wide = machine.cpuFlags().containsAll(Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl"));
        if (!wide && Set.of("cooperlake", "skylakex", "sapphirerapids").contains(kernel.toLowerCase(Locale.ROOT))) {
            return Finding.failure(
                    check,
                    kernel + ", but this processor has no AVX-512",
                    "unset OPENBLAS_CORETYPE; otherwise the process crashes at the first matrix product");
        } else if (wide && kernel.isEmpty()) {
            return Finding.warning(
                    check, "chosen by OpenBLAS, which may mistake a new processor for an old" + " one", LAUNCHER);
        }
        return Finding.ok(check, kernel.isEmpty() ? "chosen by OpenBLAS" : kernel);
    }

    private Finding pointers() {
        String check = "Native pointers";
        return "true".equals(machine.properties().get("org.bytedeco.javacpp.nopointergc"))
                ? Finding.ok(check, "freed by the program")
                : Finding.warning(check, "freed by the garbage collector: each tensor is slower", LAUNCHER);
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
        // libtorch and OpenBLAS take a few hundred MiB outside the heap.
        long beside = machine.memory() - machine.heap();
        if (beside < GIB / 2) {
            return Finding.warning(
                    check,
                    size(machine.memory()) + ", of which only " + size(Math.max(0, beside)) + " are outside the Java"
                            + " heap",
                    "leave at least 0.5 GiB for native memory: set SLLMR_HEAP lower");
        }
        return machine.memory() >= 3 * GIB
                ? Finding.ok(check, size(machine.memory()))
                : Finding.warning(check, size(machine.memory()), "4 GiB or more are recommended");
    }

    static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) GIB);
    }
}
