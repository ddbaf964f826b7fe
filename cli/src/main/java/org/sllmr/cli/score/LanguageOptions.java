// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ConstantName;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.OpenAiSettings;
import picocli.CommandLine.Option;

/** Options for the provider of the teacher. */
final class LanguageOptions {
    private static final String KEY_VARIABLE = "OPENAI_API_KEY";

    /** The providers. */
    enum Provider {
        EMBEDDING,
        TUNED_EMBEDDING,
        VISITED_NEIGHBOURS,
        OPENAI,
        OPENAI_COMPATIBLE;

        @Override
        public String toString() {
            return ConstantName.of(name());
        }
    }

    @Option(
            names = "--provider",
            paramLabel = "WHO",
            description =
                    "embedding (the sentence encoder in this program), tuned-embedding (a ranker of the encoder's vectors"
                            + " that is trained on the dataset's training interactions first), visited-neighbours (random"
                            + " walks over these interactions, without texts), openai, or openai-compatible (any server that"
                            + " answers chat completions, such as vLLM, Ollama or llama.cpp); default: embedding.")
    private Provider provider = Provider.EMBEDDING;

    @Option(names = "--model", paramLabel = "ID", description = "The provider's model id; default: gpt-4o-mini.")
    private @Nullable String model;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Address of an OpenAI-compatible server, such as http://localhost:8000/v1.")
    private @Nullable String baseUrl;

    @Option(
            names = "--key-variable",
            paramLabel = "NAME",
            description = "The environment variable that holds the key; default: " + KEY_VARIABLE + ".")
    private String keyVariable = KEY_VARIABLE;

    @Option(names = "--key-file", paramLabel = "FILE", description = "A file with the key, instead of the variable.")
    private @Nullable Path keyFile;

    @Option(
            names = "--batch",
            description = "Use the provider's Batch API: cheaper, with answers within a day instead of seconds. Batches"
                    + " continue when the command is stopped; start it again to collect them. The settings"
                    + " language.batch... have their size and price.")
    private boolean batch;

    @Option(
            names = "--budget",
            paramLabel = "MONEY",
            description = "Maximum cost of all runs of the store together; needs prices, such as --set"
                    + " language.price.inputPerMillion=0.15 --set language.price.outputPerMillion=0.6.")
    private @Nullable Double budget;

    /** Whether the provider is a language model. */
    boolean remote() {
        return provider == Provider.OPENAI || provider == Provider.OPENAI_COMPATIBLE;
    }

    /** Whether the teacher is made of the training interactions before it scores. */
    boolean made() {
        return tuned() || visits();
    }

    /** Whether the teacher counts visits of random walks. */
    boolean visits() {
        return provider == Provider.VISITED_NEIGHBOURS;
    }

    /** Whether the teacher is trained first. */
    boolean tuned() {
        return provider == Provider.TUNED_EMBEDDING;
    }

    /** The options as settings. */
    List<String> assignments() {
        List<String> assignments = new ArrayList<>();
        if (model != null) {
            assignments.add("language.model.model='" + model.replace("'", "''") + "'");
        }
        if (baseUrl != null) {
            assignments.add("language.model.baseUrl='" + baseUrl.replace("'", "''") + "'");
        }
        if (budget != null) {
            assignments.add("language.run.budget=" + budget);
        }
        return assignments;
    }

    /** The options that another command needs to ask the same model; they contain the key's location, never the key. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (provider != Provider.EMBEDDING) {
            words.addAll(List.of("--provider", provider.toString()));
        }
        if (baseUrl != null) {
            words.addAll(List.of("--base-url", baseUrl));
        }
        if (model != null) {
            words.addAll(List.of("--model", model));
        }
        if (batch) {
            words.add("--batch");
        }
        if (!keyVariable.equals(KEY_VARIABLE)) {
            words.addAll(List.of("--key-variable", keyVariable));
        }
        if (keyFile != null) {
            words.addAll(List.of("--key-file", keyFile.toString()));
        }
        if (budget != null) {
            words.addAll(List.of("--budget", budget.toString()));
        }
        return words;
    }

    /**
     * Checks the combination of options, for any provider.
     *
     * @throws InvalidInputException if options contradict each other
     */
    void check() {
        if (batch && !remote()) {
            throw new InvalidInputException(
                    "--batch", "is for a language model; add --provider openai, or leave it out");
        }
    }

    /**
     * Opens the language model, without sending a request.
     *
     * @throws InvalidInputException if its options are not sufficient
     */
    LanguageTeacher open(LanguageSettings settings) {
        return access(settings).open();
    }

    /**
     * All that opening the model takes.
     *
     * @throws InvalidInputException if its options are not sufficient
     */
    ModelAccess access(LanguageSettings settings) {
        check(settings);
        ApiKey key = key();
        if (provider == Provider.OPENAI && !key.isPresent()) {
            throw new InvalidInputException(
                    "environment variable " + keyVariable,
                    "is not set; put OpenAI's key there, or name a file that holds it with --key-file");
        }
        return new ModelAccess(settings, key, batch);
    }

    private ApiKey key() {
        return keyFile == null ? ApiKey.ofEnvironment(System.getenv(), keyVariable) : ApiKey.ofFile(keyFile);
    }

    /** The model for a forecast only, without a key. */
    LanguageTeacher withoutKey(LanguageSettings settings) {
        check(settings);
        return new ModelAccess(settings, ApiKey.NONE, batch).open();
    }

    private void check(LanguageSettings settings) {
        boolean elsewhere = !settings.model().baseUrl().equals(OpenAiSettings.OPENAI_URL);
        if (provider == Provider.OPENAI_COMPATIBLE && !elsewhere) {
            throw new InvalidInputException(
                    "--provider openai-compatible", "needs --base-url, such as http://localhost:8000/v1");
        }
        if (provider == Provider.OPENAI && elsewhere) {
            throw new InvalidInputException(
                    "--base-url", "names another server than OpenAI's; add --provider openai-compatible");
        }
        if (settings.run().budget().isPresent()
                && settings.price().inputPerMillion() == 0
                && settings.price().outputPerMillion() == 0) {
            throw new InvalidInputException(
                    "--budget",
                    "needs the provider's prices; add --set language.price.inputPerMillion=... and --set"
                            + " language.price.outputPerMillion=..., in the budget's currency");
        }
    }
}
