// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.InputFile;
import org.sllmr.database.DuckDb;
import org.sllmr.teacher.plan.ValidationPlan;
import org.w3c.dom.NodeList;

/** Rules for the classes of all modules up to this one; modules after it extend this test. */
public class ArchitectureTest {
    /**
     * Types with uses that the scan does not see: in tests of other modules, in later modules, in other jars, and as an
     * annotation of record components.
     */
    private static final Set<String> FOR_LIBRARY_USERS = Set.of(
            "BackboneProvider", "RawLogBuilder", "Sparsity", "Formerly", "SparkJobs", "JobsOnSpark", "SllmrModel");

    /** Used by the module of Spark, which this one does not see. */
    private static final Set<String> FOR_SPARK = Set.of(
            "DatasetPieces",
            "FilterProblems",
            "InteractionParser",
            "ItemNumbering",
            "PartRules",
            "PartSizes",
            "ProblemList",
            "TimeBounds",
            "UserBlock");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // The fixtures that tests of several modules share.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.sllmr");

    @Test
    void theScanFindsTheProgram() {
        assertThat(CLASSES).hasSizeGreaterThan(50);
        assertThat(CLASSES).extracting(JavaClass::getPackageName).contains("org.sllmr.cli", "org.sllmr.data");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.sllmr.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** A module sees only modules before it in the parent's list. */
    @Test
    void modulesSeeOnlyModulesBeforeThem() throws IOException {
        List<String> modules = modules();
        assertThat(modules).startsWith("configuration", "data").contains("cli");
        for (int i = 0; i < modules.size(); i++) {
            for (String later : modules.subList(i + 1, modules.size())) {
                noClasses()
                        .that()
                        .resideInAPackage("org.sllmr." + modules.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.sllmr." + later + "..")
                        .allowEmptyShould(true)
                        .check(CLASSES);
            }
        }
    }

    @Test
    void everyClassLivesInAModuleOfItsName() throws IOException {
        assertThat(modules())
                .containsAll(CLASSES.stream()
                        .map(type -> type.getPackageName().split("\\.")[2])
                        .distinct()
                        .toList());
    }

    /** Training from Java needs no encoder, database or provider's client. */
    @Test
    void trainingDependsOnNoDatabaseEncoderOrClient() throws Exception {
        assertThat(needed("training"))
                .contains("teacher", "model", "data", "configuration")
                .doesNotContain("preparation", "embedding", "llm", "duckdb_jdbc", "onnxruntime", "openai-java-core");
    }

    /** Whoever depends on a module gets no logging backend, nothing of tests, and not the command line. */
    @Test
    void modulesBringNoneOfWhatAProgramChoosesForItself() throws Exception {
        for (String module : modules()) {
            if (!List.of("cli", "spark", "benchmarks").contains(module)) {
                assertThat(needed(module))
                        .as(module)
                        .contains("jspecify")
                        .doesNotContain("cli", "picocli", "slf4j-simple", "junit-jupiter", "assertj-core")
                        .doesNotContain("archunit-junit5", "jmh-core");
            }
        }
        assertThat(needed("runs")).doesNotContain("javalin", "serving", "report", "llm");
    }

    /** What a module brings with it, by the files that say so: its dependencies and those of its modules. */
    private static Set<String> needed(String module) throws Exception {
        TreeSet<String> artifacts = new TreeSet<>(dependencies(Path.of("..", "pom.xml")));
        TreeSet<String> waiting = new TreeSet<>(List.of(module));
        while (!waiting.isEmpty()) {
            for (String artifact : dependencies(Path.of("..", waiting.pollFirst(), "pom.xml"))) {
                if (artifacts.add(artifact) && modules().contains(artifact)) {
                    waiting.add(artifact);
                }
            }
        }
        return artifacts;
    }

    private static List<String> dependencies(Path pom) throws Exception {
        NodeList found = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        "/project/dependencies/dependency[not(scope='test') and not(optional='true')]/artifactId/text()",
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(pom.toFile()),
                        XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getNodeValue())
                .toList();
    }

    /** The launcher builds with {@code -Dmaven.test.skip}, under which no module may need another one's tests. */
    @Test
    void testJarsAreNeededByTheProfileOfTestsOnly() throws IOException {
        int testJars = 0;
        for (String module : modules()) {
            String[] pom = Files.readString(Path.of("..", module, "pom.xml")).split("<id>tests</id>", -1);
            assertThat(pom[0]).as(module).doesNotContain("<type>test-jar</type>");
            testJars += pom.length - 1;
        }
        assertThat(testJars).isPositive();
    }

    private static List<String> modules() throws IOException {
        return Pattern.compile("<module>(.*?)</module>")
                .matcher(Files.readString(Path.of("..", "pom.xml")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** Code that chooses settings sees validation data only. */
    @Test
    void trainingAndTuningCannotReachTestData() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.sllmr.training..",
                        "org.sllmr.teacher..",
                        "org.sllmr.embedding..",
                        "org.sllmr.llm..",
                        "org.sllmr.runs.tune..",
                        "org.sllmr.runs.oracle..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.sllmr\\.(data\\.TestData|data\\.store\\.Dataset|runs\\.Run("
                        + "Metrics|Folder|Contents|Execution|Inputs|Replay))")
                .check(CLASSES);
    }

    /**
     * The exceptions evaluate a teacher: the audit and plans of validation samples. The oracle is outside these
     * packages.
     */
    @Test
    void scoringAndGuidanceSeeTrainingInteractionsOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.sllmr.teacher..",
                        "org.sllmr.embedding..",
                        "org.sllmr.llm..",
                        "org.sllmr.training.guidance..",
                        "org.sllmr.training.supervision..",
                        "org.sllmr.training.calibration..",
                        "org.sllmr.training.gate..")
                .and()
                .resideOutsideOfPackage("org.sllmr.teacher.audit..")
                .and()
                .doNotBelongToAnyOf(ValidationPlan.class)
                .should()
                .callMethod(TrainingData.class, "validation")
                .check(CLASSES);
        classes()
                .that()
                .resideInAPackage("org.sllmr.runs.oracle..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage("org.sllmr.runs.oracle..", "org.sllmr.runs.diagnosis..", "org.sllmr.cli.score..")
                .check(CLASSES);
    }

    /** The engine is plain Java: no module, the benchmarks among them, brings a tensor library or a BLAS. */
    @Test
    void noModuleBringsATensorLibrary() throws IOException {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "ai.djl.pytorch..", "org.pytorch..")
                .check(CLASSES);
        List<Path> poms = new ArrayList<>(List.of(Path.of("..", "pom.xml")));
        modules().forEach(module -> poms.add(Path.of("..", module, "pom.xml")));
        for (Path pom : poms) {
            assertThat(pom).content().doesNotContain("bytedeco", "pytorch", "openblas");
        }
    }

    /** Paths have special characters in DuckDB, so only one module may open it or name files in SQL. */
    @Test
    void duckDbIsUsedInOneModuleOnly() throws IOException {
        noClasses()
                .that()
                .doNotBelongToAnyOf(DuckDb.class)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.DriverManager")
                .orShould()
                .callMethodWhere(target(nameMatching("newConnection|openConnection"))
                        .and(target(owner(nameStartingWith("org.duckdb")))))
                .check(CLASSES);
        Pattern namesAFile = Pattern.compile(
                "\"[^\"\\n]*(\\bATTACH\\b|\\bCOPY\\b|\\bEXPORT\\b|\\bread_\\w+ ?\\(|\\w+_scan ?\\(|jdbc:duckdb|FROM"
                        + " ')");
        TreeSet<String> others = new TreeSet<>();
        for (String module : modules()) {
            Path sources = Path.of("..", module, "src", "main", "java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    if (namesAFile.matcher(Files.readString(file)).find()) {
                        others.add(file.getFileName().toString());
                    }
                }
            }
        }
        assertThat(others).containsExactly("DuckDb.java");
    }

    /** Of a folder Java says only "Is a directory", and it waits for a pipe without end. */
    @Test
    void filesAreOpenedInOnePlace() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(InputFile.class)
                // Settings and keys may come through a pipe; what the system says of itself is in no file of the
                // user's.
                .and()
                .haveSimpleNameNotContaining("SettingsReader")
                .and()
                .doNotHaveSimpleName("ApiKey")
                .and()
                .haveNameNotMatching(".*\\.(Machine|UnpackedLibrary|Unfinished)")
                .and()
                .resideOutsideOfPackage("org.sllmr.benchmarks..")
                .should()
                .callMethodWhere(target(owner(name("java.nio.file.Files")))
                        .and(target(
                                nameMatching("new(InputStream|BufferedReader)|read(AllBytes|AllLines|String)|lines"))))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.File(InputStream|Reader)")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.sllmr.cli..")
                .should(ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
        noClasses()
                .should()
                .callMethodWhere(target(nameMatching("printStackTrace")).and(target(rawParameterTypes(new String[0]))))
                .because("a log or the command line reports a failure")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.sllmr.cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void everyPackageDeclaresItsNullness() {
        TreeSet<String> undeclared = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                undeclared.add(type.getPackageName());
            }
        }
        assertThat(undeclared).isEmpty();
    }

    @Test
    void allRandomnessComesFromTheSeed() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Seed.class)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom"
                        + "|random\\.RandomGeneratorFactory|UUID)|java\\.security\\.SecureRandom")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    /** What is shown may be computed by any of them, what is stored may not. */
    @Test
    void numbersAreComputedByWhatIsDefinedToTheLastBit() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.sllmr.cli..", "org.sllmr.report..", "org.sllmr.benchmarks..")
                .should()
                .accessTargetWhere(JavaAccess.Predicates.targetOwner(name("java.lang.Math"))
                        .and(JavaAccess.Predicates.target(
                                nameMatching("a?(sin|cos|tan)h?|atan2|exp|expm1|log|log10|log1p|pow|cbrt|hypot"))))
                .orShould()
                .accessTargetWhere(JavaAccess.Predicates.targetOwner(name("java.util.stream.DoubleStream"))
                        .and(JavaAccess.Predicates.target(nameMatching("sum|average|summaryStatistics"))))
                .orShould()
                .accessTargetWhere(JavaAccess.Predicates.targetOwner(
                                nameMatching("jdk\\.incubator\\.vector\\.(Float|Double)Vector"))
                        .and(JavaAccess.Predicates.target(name("reduceLanes"))))
                .orShould()
                .accessTargetWhere(JavaAccess.Predicates.target(
                        nameMatching("nextGaussian|nextExponential|(summing|averaging|summarizing)Double")))
                .because("its last bits may change with the processor or the version of Java")
                .check(CLASSES);
    }

    @Test
    void allVectorsAreOfOneSpecies() {
        noClasses()
                .should()
                .accessTargetWhere(JavaAccess.Predicates.target(nameMatching("SPECIES_(64|128|256|512|MAX)")))
                .because("with vectors of two classes the compiler makes an object of each, ten times as slow")
                .check(CLASSES);
    }

    @Test
    void messagesGoThroughOneLogger() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }

    @Test
    void noGenericExceptionsAreThrown() {
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
    }

    /**
     * A type is public because another package uses it, or a type in whose signature it occurs; looked at where all modules
     * are seen.
     */
    protected static void requirePublicTypesAreUsedByOtherPackages() {
        Set<JavaClass> shown = new HashSet<>();
        Deque<JavaClass> waiting = new ArrayDeque<>();
        for (JavaClass type : CLASSES) {
            for (Dependency use : type.getDirectDependenciesFromSelf()) {
                JavaClass used = topLevel(use.getTargetClass());
                if (!used.getPackageName().equals(type.getPackageName()) && shown.add(used)) {
                    waiting.add(used);
                }
            }
        }
        Map<JavaClass, List<JavaClass>> nested =
                CLASSES.stream().collect(Collectors.groupingBy(ArchitectureTest::topLevel));
        while (!waiting.isEmpty()) {
            for (JavaClass type : signature(waiting.poll(), nested)) {
                JavaClass used = topLevel(type.getBaseComponentType());
                if (shown.add(used)) {
                    waiting.add(used);
                }
            }
        }
        assertThat(CLASSES)
                .filteredOn(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                .filteredOn(type -> !shown.contains(type)
                        && !FOR_LIBRARY_USERS.contains(type.getSimpleName())
                        && !FOR_SPARK.contains(type.getSimpleName())
                        && !type.getSimpleName().equals("Main")
                        && !type.getPackageName().startsWith("org.sllmr.benchmarks.micro")
                        && !type.getPackageName().equals("org.sllmr.configuration.testing"))
                .extracting(JavaClass::getName)
                .isEmpty();
    }

    private static JavaClass topLevel(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    /** The types in the public signatures of a type and its nested types. */
    private static Set<JavaClass> signature(JavaClass type, Map<JavaClass, List<JavaClass>> nested) {
        Set<JavaClass> named = new HashSet<>(type.getAllRawInterfaces());
        nested.getOrDefault(type, List.of()).stream()
                .filter(inner -> inner.getModifiers().contains(JavaModifier.PUBLIC))
                .forEach(inner -> {
                    inner.getCodeUnits().stream()
                            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                            .forEach(unit -> {
                                named.addAll(unit.getReturnType().getAllInvolvedRawTypes());
                                unit.getParameters()
                                        .forEach(parameter ->
                                                named.addAll(parameter.getType().getAllInvolvedRawTypes()));
                            });
                    inner.getPermittedSubclasses().ifPresent(named::addAll);
                });
        return named;
    }

    @Test
    void onlyTestsUseWhatIsForTests() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.sllmr.configuration.testing")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.sllmr.configuration.testing")
                .check(CLASSES);
    }
}
