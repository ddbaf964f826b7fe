// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with a Java and a build that only record how they were called. */
class LauncherTest {
    private record Run(int code, String out, String err) {}

    @TempDir
    private Path folder;

    private Path project;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void aProjectInAFolderWithASpace() throws IOException {
        assumeTrue(File.separatorChar == '/', "the launcher is a shell script");
        project = folder.resolve("a project");
        Files.createDirectories(project.resolve("cli/src/main/java"));
        Files.writeString(project.resolve("pom.xml"), "");
        Files.writeString(project.resolve("cli/pom.xml"), "");
        script(project.resolve("sllmr"), Files.readString(Path.of("..", "sllmr")));
        script(project.resolve("mvnw"), """
                #!/bin/sh
                echo "built with $JAVA_HOME: $*"
                mkdir -p cli/target
                printf 'some:class path' > cli/target/class-path
                """);
        environment.put("JAVA_HOME", java("jdk 17", "17.0.2").toString());
    }

    @Test
    void buildsOnceAndThenOnlyStarts() throws Exception {
        Run first = run(project.resolve("sllmr"), "train", "a b.yaml");
        assertThat(first.err().lines()).hasSize(2);
        assertThat(first.err()).contains("sllmr: building", "sllmr: built.");
        assertThat(Files.readString(project.resolve("cli/target/build.log")))
                .contains("jdk 17: -q -B -pl cli -am package -Dmaven.test.skip");
        assertThat(first.out().lines())
                .contains(
                        "<--add-exports>",
                        "<java.base/jdk.internal.module=ALL-UNNAMED>",
                        "<-XX:MaxRAMPercentage=33>",
                        "<" + project.toRealPath() + "/cli/target/cli.jar:some:class path>")
                .endsWith("<org.sllmr.cli.Main>", "<train>", "<a b.yaml>", "OPT_OUT_TRACKING=true")
                .noneMatch(line -> line.contains("sllmr.terminal.columns"));
        assertThat(first.code()).isEqualTo(7);
        assertThat(run(project.resolve("sllmr")).err()).isEmpty();
    }

    /** Provenance names it: a wrong one is worse than none. */
    @Test
    void theBuildKnowsTheCommitThatIsCheckedOut() throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        script(tools.resolve("mvn"), "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Apache Maven 3.9.9' || echo \"$*\"\n");
        environment.put("PATH", tools + ":" + System.getenv("PATH"));
        script(project.resolve("mvnw"), Files.readString(Path.of("..", "mvnw")));
        assertThat(run(project.resolve("mvnw"), "package").out()).isEqualTo("package\n");
        script(project.resolve("history"), """
                #!/bin/sh
                set -e
                export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
                cd "$(dirname "$0")"
                git init -q .
                git commit -q --allow-empty -m one
                git branch other
                git commit -q --allow-empty -m two
                git checkout -q other
                git commit -q --allow-empty -m three
                git merge -q --no-edit -
                git worktree add -q ../worktree HEAD
                cp mvnw ../worktree
                git commit -q --allow-empty -m four
                git -C ../worktree rev-parse --short=12 HEAD
                git rev-parse --short=12 HEAD
                """);
        Run history = run(project.resolve("history"));
        assumeTrue(history.code() != 127, "there is no git");
        assertThat(history.code()).as(history.err()).isZero();
        List<String> commits = history.out().lines().toList();
        assertThat(run(folder.resolve("worktree/mvnw"), "package").out())
                .as("a merge, in a worktree")
                .isEqualTo("-Dsllmr.commit=" + commits.get(0) + " package\n");
        assertThat(run(project.resolve("mvnw"), "package").out())
                .isEqualTo("-Dsllmr.commit=" + commits.get(1) + " package\n");
    }

    @Test
    void aNewerSourceIsBuiltAgain() throws Exception {
        run(project.resolve("sllmr"));
        Path source = Files.writeString(project.resolve("cli/src/main/java/A.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(project.resolve("sllmr")).err()).contains("building");
    }

    @Test
    void itIsReachedThroughSymbolicLinks() throws Exception {
        run(project.resolve("sllmr"));
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("one"), Path.of("../a project/sllmr"));
        Files.createSymbolicLink(links.resolve("two"), links.resolve("one"));
        Run run = run(links.resolve("two"));
        assertThat(run.code()).isEqualTo(7);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void optionsComeFromTheEnvironment() throws Exception {
        environment.put("SLLMR_HEAP", "3g");
        environment.put("SLLMR_JAVA_OPTIONS", "-Da=b -Dc=d");
        environment.put("OPT_OUT_TRACKING", "false");
        environment.put("SLLMR_CLASS_PATH", "/my own/backbone.jar:other.jar");
        String classPath = project.toRealPath() + "/cli/target/cli.jar:some:class path:/my own/backbone.jar:other.jar";
        assertThat(run(project.resolve("sllmr")).out().lines())
                .contains("<-Xmx3g>", "<-Da=b>", "<-Dc=d>", "OPT_OUT_TRACKING=false", "<" + classPath + ">")
                .doesNotContain("<-XX:MaxRAMPercentage=33>");
    }

    @Test
    void newerJavaGetsFurtherOptions() throws Exception {
        environment.put("JAVA_HOME", java("jdk 25", "25").toString());
        assertThat(run(project.resolve("sllmr")).out())
                .contains("<--enable-native-access=ALL-UNNAMED>", "<-XX:+AutoCreateSharedArchive>", "classes-25.jsa>");
    }

    /** Spark is most of what a build of its module fetches, so no other command may need that. */
    @Test
    void onlyTheWorkOfSparkNeedsItsModule() throws Exception {
        script(project.resolve("mvnw"), """
                #!/bin/sh
                echo "built: $*"
                mkdir -p cli/target spark/target
                printf 'some:class path' > cli/target/class-path
                case "$*" in *' spark '*) printf 'with:spark' > spark/target/class-path ;; esac
                """);
        for (List<String> others :
                List.of(List.of("train", "spark"), List.of("spark", "recommend", "--help"), List.of("-h", "spark"))) {
            assertThat(run(project.resolve("sllmr"), others.toArray(String[]::new))
                            .out())
                    .contains("cli.jar:some:class path>")
                    .doesNotContain("--add-opens");
        }
        assertThat(project.resolve("spark/target")).isEmptyDirectory();

        Run spark = run(project.resolve("sllmr"), "--debug", "spark", "recommend", "a bundle");
        assertThat(Files.readString(project.resolve("spark/target/build.log")))
                .contains("-pl spark -am package -Dmaven.test.skip");
        assertThat(spark.out().lines())
                .contains("<--add-opens=java.base/sun.nio.ch=ALL-UNNAMED>")
                .contains("<" + project.toRealPath() + "/spark/target/spark.jar:with:spark>")
                .contains("<org.sllmr.cli.Main>", "<a bundle>");
    }

    @Test
    void aTooOldJavaHomeIsIgnored() throws Exception {
        environment.put("JAVA_HOME", java("jdk 8", "1.8.0_302").toString());
        environment.put("PATH", java("jdk 21", "21.0.1").resolve("bin") + ":/usr/bin:/bin");
        run(project.resolve("sllmr"));
        assertThat(Files.readString(project.resolve("cli/target/build.log"))).contains("jdk 21");
    }

    @Test
    void withoutAJavaItReportsWhatIsNeeded() throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("bash", "env", "dirname", "readlink", "sed")) {
            Path place = Files.exists(Path.of("/bin", tool)) ? Path.of("/bin", tool) : Path.of("/usr/bin", tool);
            script(tools.resolve(tool), "#!/bin/sh\nexec " + place + " \"$@\"\n");
        }
        environment.put("PATH", tools.toString());
        environment.remove("JAVA_HOME");
        Run none = run(project.resolve("sllmr"));
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err())
                .contains("a JDK, version 17 or newer, is needed; none is in JAVA_HOME or on the PATH", "JAVA_HOME");
        environment.put("JAVA_HOME", java("jdk 11", "11.0.9").toString());
        assertThat(run(project.resolve("sllmr")).err()).contains("found only").contains("jdk 11 (11)");
    }

    @Test
    void aFailedBuildIsNotStarted() throws Exception {
        script(project.resolve("mvnw"), "#!/bin/sh\nprintf '\\033[0mbroken\\n'\nexit 1\n");
        Run run = run(project.resolve("sllmr"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("\nbroken\n", "sllmr: the build failed").doesNotContain("\u001b");
    }

    @Test
    void helpAndVersionStartWithFewerOptions() throws Exception {
        run(project.resolve("sllmr"));
        for (String option : List.of("--help", "-h", "--version", "-V")) {
            assertThat(run(project.resolve("sllmr"), "train", option).out()).contains("<-XX:TieredStopAtLevel=1>");
        }
        assertThat(run(project.resolve("sllmr"), "train").out()).doesNotContain("TieredStopAtLevel");
    }

    @Test
    void java17GetsAnArchiveOfClassesOnce() throws Exception {
        Path home = java("jdk archiving", "17.0.2");
        script(home.resolve("bin/java"), """
                #!/bin/sh
                for argument in "$@"; do
                  case "$argument" in
                    -XX:ArchiveClassesAtExit=*) echo made >"${argument#*=}" && exit 0 ;;
                    -XX:SharedArchiveFile=*) echo "archive: $(cat "${argument#*=}")" ;;
                  esac
                done
                """);
        environment.put("JAVA_HOME", home.toString());
        assertThat(run(project.resolve("sllmr")).out()).isEqualTo("archive: made\n");
        Path archive = project.resolve("cli/target/classes-17.jsa");
        FileTime made = Files.getLastModifiedTime(archive);
        assertThat(run(project.resolve("sllmr"))).isEqualTo(new Run(0, "archive: made\n", ""));
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
    }

    private Path java(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        script(home.resolve("bin/java"), """
                #!/bin/sh
                printf '<%s>\\n' "$@"
                echo "OPT_OUT_TRACKING=$OPT_OUT_TRACKING"
                exit 7
                """);
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Run run(Path script, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder process = new ProcessBuilder(script.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        process.command().addAll(List.of(arguments));
        process.environment().clear();
        process.environment().put("PATH", "/usr/bin:/bin");
        process.environment().putAll(environment);
        int code = process.start().waitFor();
        return new Run(code, Files.readString(out), Files.readString(err));
    }
}
