// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.cli.doctor.Finding.Status;

class MachineChecksTest {
    private static final long GIB = 1L << 30;
    private static final Set<String> WIDE = Set.of("avx2", "avx512f", "avx512bw", "avx512dq", "avx512vl");
    private static final Map<String, String> LAUNCHED =
            Map.of("OPENBLAS_NUM_THREADS", "1", "OMP_NUM_THREADS", "1", "OPENBLAS_CORETYPE", "SkylakeX");

    private static List<Finding> examine(Machine machine) {
        return new MachineChecks(machine, resource -> resource.contains("linux-x86_64")).findings();
    }

    private static Machine linux(Set<String> flags, Map<String, String> environment, boolean launched) {
        return new Machine(
                "17.0.1, X",
                17,
                "linux",
                "x86_64",
                false,
                "A CPU",
                flags,
                2,
                16 * GIB,
                4 * GIB,
                launched,
                environment,
                launched ? Map.of("org.bytedeco.javacpp.nopointergc", "true") : Map.of());
    }

    private static Finding find(List<Finding> findings, String check) {
        return findings.stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWellConfiguredMachineNeedsNothing() {
        assertThat(examine(linux(WIDE, LAUNCHED, true)))
                .hasSize(10)
                .allMatch(finding ->
                        finding.status() == Status.OK && finding.remedy().isEmpty());
    }

    @Test
    void missingLauncherSettingsAreReportedWithARemedy() {
        List<Finding> findings = examine(linux(WIDE, Map.of(), false));
        assertThat(findings)
                .filteredOn(finding -> finding.status() == Status.WARNING)
                .extracting(Finding::check)
                .containsExactly("Vector module", "BLAS threads", "BLAS kernel", "Native pointers");
        assertThat(findings)
                .filteredOn(finding -> finding.status() != Status.OK)
                .allMatch(finding -> !finding.remedy().isEmpty());
    }

    @Test
    void aKernelThatTheProcessorLacksIsAFailure() {
        assertThat(find(examine(linux(Set.of("avx2"), LAUNCHED, true)), "BLAS kernel")
                        .status())
                .isEqualTo(Status.FAILURE);
        assertThat(find(examine(linux(Set.of("sse2"), Map.of(), true)), "Processor")
                        .status())
                .isEqualTo(Status.WARNING);
    }

    @Test
    void aSystemWithoutLibrariesIsAFailure() {
        Machine alpine = new Machine(
                "17", 17, "linux", "x86_64", true, "", Set.of(), 1, 2 * GIB, 2 * GIB, true, Map.of(), Map.of());
        assertThat(find(examine(alpine), "Platform").found()).contains("musl");
        Machine arm =
                new Machine("11", 11, "linux", "arm64", false, "", Set.of(), 1, 0, GIB / 2, true, Map.of(), Map.of());
        List<Finding> findings = examine(arm);
        assertThat(findings)
                .filteredOn(finding -> finding.status() == Status.FAILURE)
                .extracting(Finding::check)
                .containsExactly("Java", "Platform", "libtorch");
        assertThat(find(findings, "Java heap").status()).isEqualTo(Status.WARNING);
    }

    @Test
    void memoryOutsideTheHeapIsNeeded() {
        Machine tight = new Machine(
                "17", 17, "linux", "x86_64", false, "", Set.of(), 1, 4 * GIB, 4 * GIB, true, Map.of(), Map.of());
        assertThat(find(examine(tight), "Memory").found())
                .isEqualTo("4.0 GiB, of which only 0.0 GiB are outside the Java heap");
    }

    @Test
    void thisMachineIsRead() {
        Machine machine = Machine.current();
        assertThat(machine.javaFeature()).isGreaterThanOrEqualTo(17);
        assertThat(machine.platform()).matches("[a-z0-9_]+-[a-z0-9_]+");
        assertThat(machine.memory()).isPositive();
        assertThat(Machine.value("a : 1\nflags\t\t: fpu avx2\n", "flags")).isEqualTo("fpu avx2");
    }

    @Test
    void writeAccessIsTestedByWriting(@TempDir Path folder) throws Exception {
        Path deep = folder.resolve("not/yet/there");
        assertThat(WriteAccess.finding("Cache", deep, "do that").status()).isNotEqualTo(Status.FAILURE);
        assertThat(folder).isEmptyDirectory();
        Path file = Files.writeString(folder.resolve("file"), "");
        Finding blocked = WriteAccess.finding("Cache", file.resolve("below"), "do that");
        assertThat(blocked.status()).isEqualTo(Status.FAILURE);
        assertThat(blocked.remedy()).isEqualTo("do that");
    }
}
