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

    private static List<Finding> examine(Machine machine) {
        return new MachineChecks(machine).findings();
    }

    private static Machine linux(Set<String> flags, boolean launched) {
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
                Map.of(),
                Map.of());
    }

    private static Finding find(List<Finding> findings, String check) {
        return findings.stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMachineThatIsSetUpWellHasNothingToDo() {
        assertThat(examine(linux(WIDE, true)))
                .hasSize(6)
                .allMatch(finding ->
                        finding.status() == Status.OK && finding.remedy().isEmpty());
    }

    @Test
    void withoutTheLauncherTheVectorModuleIsMissedWithARemedy() {
        List<Finding> findings = examine(linux(WIDE, false));
        assertThat(findings)
                .filteredOn(finding -> finding.status() == Status.WARNING)
                .extracting(Finding::check)
                .containsExactly("Vector module");
        assertThat(findings)
                .filteredOn(finding -> finding.status() != Status.OK)
                .allMatch(finding -> !finding.remedy().isEmpty());
    }

    @Test
    void anOldProcessorIsSlow() {
        assertThat(find(examine(linux(Set.of("avx2"), true)), "Processor").status())
                .isEqualTo(Status.OK);
        assertThat(find(examine(linux(Set.of("sse2"), true)), "Processor").status())
                .isEqualTo(Status.WARNING);
    }

    @Test
    void aSystemWithoutLibrariesIsAFailure() {
        Machine alpine = new Machine(
                "17", 17, "linux", "x86_64", true, "", Set.of(), 1, 2 * GIB, 2 * GIB, true, Map.of(), Map.of());
        assertThat(find(examine(alpine), "Platform").found()).contains("musl");
        Machine other =
                new Machine("11", 11, "linux", "riscv64", false, "", Set.of(), 1, 0, GIB / 2, true, Map.of(), Map.of());
        List<Finding> findings = examine(other);
        assertThat(findings)
                .filteredOn(finding -> finding.status() == Status.FAILURE)
                .extracting(Finding::check)
                .containsExactly("Java", "Platform");
        assertThat(find(findings, "Java heap").status()).isEqualTo(Status.WARNING);
    }

    /** What the jars hold decides where the program runs. */
    @Test
    void theLibrariesHaveBinariesForThePlatforms() {
        for (String platform : MachineChecks.PLATFORMS) {
            String system = platform.substring(0, platform.indexOf('-'));
            boolean arm = platform.endsWith("arm64");
            String brief = system.equals("windows") ? "win" : system.equals("macosx") ? "osx" : system;
            assertThat(List.of(
                            "libduckdb_java.so_" + (brief.equals("osx") ? "macos" : system)
                                    + (arm ? "_arm64" : "_amd64"),
                            "ai/onnxruntime/native/" + brief + (arm ? "-aarch64/" : "-x64/")
                                    + library(system, "onnxruntime"),
                            "native/lib/" + brief + (arm ? "-aarch64" : "-x86_64") + "/cpu/"
                                    + library(system, "tokenizers")))
                    .as(platform)
                    .allMatch(name -> MachineChecks.class.getResource("/" + name) != null);
        }
    }

    private static String library(String system, String name) {
        return switch (system) {
            case "windows" -> name + ".dll";
            case "macosx" -> "lib" + name + ".dylib";
            default -> "lib" + name + ".so";
        };
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
