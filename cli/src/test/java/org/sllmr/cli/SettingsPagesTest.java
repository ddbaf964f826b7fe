// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.configuration.document.Node;
import org.sllmr.configuration.document.YamlReader;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.store.Normalization;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.augmentation.Kar;
import org.sllmr.model.augmentation.LlmCf;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.SplitSettings;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.runs.NamedConfigurations;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.grid.BackboneEntry;
import org.sllmr.runs.grid.DataEntry;
import org.sllmr.runs.grid.FrameworkEntry;
import org.sllmr.runs.grid.GridSettings;
import org.sllmr.runs.grid.OverrideEntry;
import org.sllmr.runs.tune.Range;
import org.sllmr.runs.tune.SearchMethod;
import org.sllmr.runs.tune.SearchSettings;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.visit.VisitSettings;
import org.sllmr.training.TrainingSettings;
import org.sllmr.training.gate.AlignedGateSettings;
import org.sllmr.training.gate.CalibratedGateSettings;
import org.sllmr.training.gate.JointGateSettings;
import org.sllmr.training.gate.NormalizedGateSettings;
import org.sllmr.training.gate.RandomGateSettings;
import org.sllmr.training.gate.RuleGateSettings;
import org.sllmr.training.guidance.CalibratedPairwise;
import org.sllmr.training.guidance.Distillation;
import org.sllmr.training.guidance.Pointwise;
import org.sllmr.training.guidance.SampleDistillation;
import org.sllmr.training.guidance.SelectivePairwise;
import org.sllmr.training.tuned.TunedTeacherSettings;

/** The reference names every setting with its default, and what it says of the allowed values is true. */
class SettingsPagesTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final String SOURCES = "{interactions: {file: {path: a}, user: u, item: i, time: t,"
            + " labels: {column: l}, parts: {validation: v, test: w}},"
            + " items: {file: {path: b}, item: i}, users: {file: {path: c}, user: u}}";
    private static final Variants VARIANTS = RunConfiguration.variants()
            .with(Normalization.class, "none", Normalization.None.class)
            .with(Normalization.class, "min-max", Normalization.MinMax.class)
            .with(Normalization.class, "rank", Normalization.Rank.class)
            .with(Normalization.class, "temperature", Normalization.Temperature.class)
            .with(Range.class, "uniform", Range.Uniform.class)
            .with(Range.class, "log-uniform", Range.LogUniform.class)
            .with(Range.class, "integer", Range.Integers.class)
            .with(Range.class, "choice", Range.Choice.class)
            .with(SearchMethod.class, "random", SearchMethod.RandomSearch.class)
            .with(SearchMethod.class, "successive-halving", SearchMethod.SuccessiveHalving.class);

    /**
     * A table and the record that it describes.
     *
     * @param kind see {@link SettingsTable#of}
     * @param base what else has to be set so that each key can be tried alone
     */
    record Described(
            String page, String heading, String firstColumn, String kind, Class<? extends Record> type, String base) {
        static Described of(String page, String heading, Class<? extends Record> type) {
            return new Described(page, heading, "key", "", type, "");
        }
    }

    /** A file of teacher settings that sets those of a language model. */
    record LanguageFile(LanguageSettings language) {
        static LanguageFile defaults() {
            return new LanguageFile(LanguageSettings.defaults());
        }
    }

    static List<Described> tables() {
        String training = "reference/training-settings.md";
        String teacher = "reference/teacher.md";
        String datasets = "reference/datasets.md";
        String experiments = "reference/experiments.md";
        return List.of(
                Described.of(training, "## Top level", RunSettings.class),
                Described.of(training, "## `model`", ModelSettings.class),
                Described.of(training, "## `training`", TrainingSettings.class),
                new Described(training, "### Augmentation", "key of `kar`", "", Kar.class, ""),
                new Described(training, "### Augmentation", "key of `llm-cf`", "", LlmCf.class, ""),
                Described.of(training, "### `sample-distillation`", SampleDistillation.class),
                Described.of(training, "### `calibrated-pairwise`", CalibratedPairwise.class),
                Described.of(training, "### `selective-pairwise`", SelectivePairwise.class),
                Described.of(training, "### `pointwise`", Pointwise.class),
                Described.of(training, "### `distillation`", Distillation.class),
                gate("joint", JointGateSettings.class),
                gate("normalized", NormalizedGateSettings.class),
                gate("calibrated", CalibratedGateSettings.class),
                gate("aligned", AlignedGateSettings.class),
                gate("random", RandomGateSettings.class),
                gate("rule", RuleGateSettings.class),
                new Described(
                        teacher,
                        "## Candidates: `plan`",
                        "key of `plan`",
                        "",
                        PlanSettings.class,
                        "{nearest: {count: 0}, popular: {count: 0}}"),
                new Described(
                        teacher,
                        "## The embedding teacher: `teacher`",
                        "key of `teacher`",
                        "",
                        EmbeddingTeacherSettings.class,
                        ""),
                new Described(
                        teacher, "## The tuned teacher: `tuned`", "key of `tuned`", "", TunedTeacherSettings.class, ""),
                new Described(
                        teacher, "## Visited neighbours: `visits`", "key of `visits`", "", VisitSettings.class, ""),
                new Described(
                        teacher,
                        "## A language model: `language`",
                        "key of `language`",
                        "",
                        LanguageSettings.class,
                        "{run: {retries: {maxWaitSeconds: 3600}}}"),
                new Described(
                        datasets,
                        "## Settings",
                        "key",
                        "",
                        PreparationSettings.class,
                        "{name: a, sources: " + SOURCES + "}"),
                new Described(datasets, "## Settings", "key of `split`", "", SplitSettings.class, ""),
                new Described(datasets, "## Settings", "key of `sources`", "", SourceSettings.class, SOURCES),
                new Described(datasets, "## Settings", "key of a `file`", "", TableFile.class, "{path: a.csv}"),
                Described.of(experiments, "## Keys of a grid", GridSettings.class),
                entry("data", DataEntry.class),
                entry("backbones", BackboneEntry.class),
                entry("frameworks", FrameworkEntry.class),
                entry("overrides", OverrideEntry.class),
                Described.of(experiments, "## Keys of a search", SearchSettings.class),
                range("uniform", Range.Uniform.class, "{low: 1, high: 2}"),
                range("log-uniform", Range.LogUniform.class, "{low: 1, high: 1e9}"),
                range("integer", Range.Integers.class, ""),
                range("choice", Range.Choice.class, ""),
                range("successive-halving", SearchMethod.SuccessiveHalving.class, ""));
    }

    private static Described gate(String name, Class<? extends Record> type) {
        return new Described("reference/training-settings.md", "### Gates", "key of `gate`", name, type, "");
    }

    private static Described entry(String name, Class<? extends Record> type) {
        return new Described("reference/experiments.md", "## Keys of a grid", "key of an entry", name, type, "");
    }

    private static Described range(String name, Class<? extends Record> type, String base) {
        return new Described(
                "reference/experiments.md", "## Keys of a search", "key of a range or method", name, type, base);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everySettingIsThereWithItsDefaultAndRange(Described described) throws IOException {
        Map<String, SettingsTable.Row> rows = SettingsTable.of(
                        Files.readString(DOCS.resolve(described.page())),
                        described.heading(),
                        described.firstColumn(),
                        described.kind())
                .rows();
        Map<String, Type> settings = new LinkedHashMap<>();
        addSettings(described.type(), "", rows.keySet(), settings);
        assertThat(rows).containsOnlyKeys(settings.keySet());
        Optional<Node> defaults = defaults(described.type());
        rows.forEach((key, row) -> {
            String where = described + " " + key;
            boolean isDefault = defaults.isPresent()
                    ? isDefault(row.defaultValue(), at(defaults.get(), key))
                    : row.defaultValue().equals(whereNoneIsDeclared(settings.get(key)));
            assertThat(isDefault)
                    .as("default of %s: %s", where, row.defaultValue())
                    .isTrue();
            try {
                new AllowedValues(
                                settings.get(key),
                                value -> accepts(described, key, value),
                                other -> text(at(defaults.orElseGet(() -> document(described.base())), other)))
                        .check(row.allowed());
            } catch (AssertionError e) {
                throw new AssertionError("allowed values of " + where + ": " + e.getMessage(), e);
            }
        });
    }

    @Test
    void everyExampleFileCanBeRead() throws IOException {
        read("reference/datasets.md", PreparationSettings.class);
        read("how-to/run-experiments.md", GridSettings.class);
        read("how-to/tune.md", SearchSettings.class);
        read("how-to/ask-a-teacher.md", LanguageFile.class);
        read("lab-notes/demo-shop.md", RunSettings.class);
    }

    @Test
    void theCompleteConfigurationIsTheRecommendedOneGuided() throws IOException {
        assertThat(read("reference/training-settings.md", RunSettings.class))
                .containsExactly(NamedConfigurations.reader("recommended/deepfm")
                        .read()
                        .withGuidance(CalibratedPairwise.defaults())
                        .on(Path.of("demo"), Optional.of(Path.of("demo.scores"))));
    }

    /** The YAML examples of a page as settings. */
    private static <T extends Record> List<T> read(String page, Class<T> type) throws IOException {
        List<T> examples = YAML.matcher(Files.readString(DOCS.resolve(page)))
                .results()
                .map((MatchResult example) -> SettingsReader.of(type, VARIANTS)
                        .text(page, example.group(1))
                        .read())
                .toList();
        assertThat(examples).as(page).isNotEmpty();
        return examples;
    }

    /** The keys of a record; a record within it is one key where the table has it as such. */
    private static void addSettings(Class<?> record, String prefix, Set<String> rows, Map<String, Type> settings) {
        for (RecordComponent component : record.getRecordComponents()) {
            String key = prefix + component.getName();
            Class<?> raw = raw(component.getGenericType());
            if (raw.isRecord() && !rows.contains(key)) {
                addSettings(raw, key + ".", rows, settings);
            } else {
                settings.put(key, component.getGenericType());
            }
        }
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getRawType() == Optional.class
                    ? raw(parameterized.getActualTypeArguments()[0])
                    : (Class<?>) parameterized.getRawType();
        }
        return (Class<?>) type;
    }

    /** All defaults of a record as a document; empty if it has none of its own. */
    private static Optional<Node> defaults(Class<? extends Record> type) {
        boolean declared = Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("defaults"));
        return declared
                ? Optional.of(document(SettingsWriter.of(VARIANTS)
                        .write(SettingsReader.of(type, VARIANTS).read())))
                : Optional.empty();
    }

    /** What a setting is without defaults of its record. */
    private static String whereNoneIsDeclared(Type type) {
        boolean optional = type instanceof ParameterizedType;
        return optional ? "none" : raw(type) == SplitSettings.class ? "" : "required";
    }

    private static Node document(String yaml) {
        return YamlReader.document("settings", yaml);
    }

    private static @Nullable Node at(Node document, String key) {
        Node node = document;
        for (String part : key.split("\\.")) {
            Node within = null;
            if (node instanceof Node.Mapping mapping) {
                for (Node.Entry entry : mapping.entries()) {
                    within = entry.key().equals(part) ? entry.value() : within;
                }
            }
            if (within == null) {
                return null;
            }
            node = within;
        }
        return node;
    }

    private static String text(@Nullable Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : String.valueOf(node);
    }

    private static boolean isDefault(String cell, @Nullable Node node) {
        if (node == null || node instanceof Node.Empty) {
            return Set.of("none", "found out").contains(cell);
        } else if (node instanceof Node.Sequence sequence) {
            return sequence.elements().isEmpty()
                    ? Set.of("none", "all").contains(cell)
                    : cell.equals(sequence.elements().stream()
                            .map(SettingsPagesTest::text)
                            .toList()
                            .toString());
        } else if (node instanceof Node.Mapping mapping) {
            Node name = at(mapping, "name");
            // A choice by its name, a mapping by its keys, a record not at all.
            return cell.isEmpty()
                    || cell.equals(text(name))
                    || (mapping.entries().isEmpty() && cell.equals("none"))
                    || (mapping.entries().size() == 1
                            && cell.equals(mapping.entries().get(0).key()));
        }
        try {
            return new BigDecimal(cell.replace(",", "")).compareTo(new BigDecimal(text(node))) == 0;
        } catch (NumberFormatException e) {
            return cell.equals(text(node));
        }
    }

    private static boolean accepts(Described described, String key, String value) {
        try {
            SettingsReader.of(described.type(), VARIANTS)
                    .text("base", described.base().isEmpty() ? "{}" : described.base())
                    .assignments(List.of(key + "=" + value))
                    .read();
            return true;
        } catch (InvalidInputException e) {
            assertThat(e.problems())
                    .as("%s %s=%s", described, key, value)
                    .anyMatch(problem -> problem.where().endsWith(key));
            return false;
        }
    }
}
