// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.sllmr.cli.ArchitectureTest;

/** The rules of all modules, and those of this one. */
class SparkArchitectureTest extends ArchitectureTest {
    @Test
    void publicTypesAreUsedByOtherPackages() {
        requirePublicTypesAreUsedByOtherPackages();
    }

    /** A program that uses the model needs nothing of the command line. */
    @Test
    void onlyTheJobsOfCommandsSeeTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("org.sllmr.spark..")
                .and()
                .resideOutsideOfPackage("org.sllmr.spark.command..")
                .and()
                .doNotHaveSimpleName("Main")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.sllmr.cli..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.sllmr.spark"));
    }

    /** A Java that lacks one of them fails only where Spark needs it. */
    @Test
    void testsAndTheLauncherOpenWhatSparksOwnLauncherOpens() throws IOException {
        List<String> opened = Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
                .filter(option -> option.startsWith("--add-opens"))
                .toList();
        String pom = Files.readString(Path.of("pom.xml"));
        String launcher = Files.readString(Path.of("..", "sllmr"));

        assertThat(opened).hasSizeGreaterThan(10);
        for (String option : opened) {
            assertThat(pom).contains(option);
            assertThat(launcher)
                    .contains(
                            option.replaceFirst("--add-opens=(java.base/)?", "").replaceFirst("=.*", ""));
        }
    }
}
