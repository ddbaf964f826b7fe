// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Dataset;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of both planning and asking. */
final class TeacherOptions {
    /** Default seed of a plan. */
    static final long DEFAULT_SEED = 1;

    @Option(names = "--data", required = true, paramLabel = "DATASET", description = "The dataset folder.")
    private Path data = Path.of("");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A YAML file with the keys plan, teacher, tuned and language.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting, such as plan.random=0, teacher.nearest=3 or language.passes=2.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the plan; default " + DEFAULT_SEED + ".")
    private @Nullable Long seed;

    @Option(names = "--replace", description = "Replace the file if it exists.")
    private boolean replace;

    @Mixin
    private CacheOption cache = new CacheOption();

    @Mixin
    private LanguageOptions language = new LanguageOptions();

    TeacherSettings settings() {
        language.check();
        SettingsReader<TeacherSettings> reader = SettingsReader.of(TeacherSettings.class, TeacherSettings.VARIANTS);
        if (config != null) {
            reader = reader.file(config);
        }
        List<String> all = new ArrayList<>(assignments);
        all.addAll(language.assignments());
        return reader.environment(System.getenv()).assignments(all).read();
    }

    /** The provider's options. */
    LanguageOptions language() {
        return language;
    }

    /**
     * The options that 'score run' needs for a plan that was made with these.
     *
     * <p>Settings of the plan itself are left out, because the plan contains them.
     */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (config != null) {
            words.addAll(List.of("--config", config.toString()));
        }
        assignments.stream().filter(one -> !ofPlan(one)).forEach(one -> words.addAll(List.of("--set", one)));
        words.addAll(language.words());
        words.addAll(cache.words());
        return words;
    }

    private static boolean ofPlan(String assignment) {
        return assignment.strip().startsWith("plan.");
    }

    /** The dataset's training data, without test interactions. */
    TrainingData data() {
        return Dataset.open(data).trainingData();
    }

    CatalogueTeacher teacher(TrainingData training, EmbeddingTeacherSettings settings, Blocks blocks, Stages stages)
            throws IOException, InterruptedException {
        return CatalogueTeacher.open(training, settings, cache, blocks, stages);
    }

    /** Plans with the seed and the settings. */
    Planner planner(TrainingData training, CatalogueTeacher teacher, TeacherSettings settings) {
        return new Planner(
                training, teacher.teacher().embeddings(), settings.teacher(), settings.plan(), new Seed(seed()));
    }

    long seed() {
        return seed == null ? DEFAULT_SEED : seed;
    }

    /** Whether settings of a plan were given, which a complete plan would contradict. */
    boolean plans() {
        return seed != null || assignments.stream().anyMatch(TeacherOptions::ofPlan);
    }

    boolean replace() {
        return replace;
    }

    String dataset() {
        return data.toString();
    }
}
