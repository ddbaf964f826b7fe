// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.runs.NamedConfigurations;
import org.sllmr.runs.RunSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The configuration of a training, and single settings. */
public final class ConfigurationOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CONFIG",
            arity = "0..1",
            description = "The configuration, a YAML file or a name; default: " + NamedConfigurations.DEFAULT + ".")
    private @Nullable String configuration;

    @Option(names = "--configuration", paramLabel = "CONFIG", description = "The same, by an option.")
    private @Nullable String configurationOption;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting, such as training.batchSize=256.")
    private List<String> assignments = new ArrayList<>();

    /** Whether a configuration is named. */
    boolean given() {
        return configuration != null || configurationOption != null;
    }

    /** Whether single settings are given. */
    boolean assigned() {
        return !assignments.isEmpty();
    }

    /** The settings of the configuration that is named, or of the default one, then the environment, then single ones. */
    public RunSettings read() throws IOException {
        return read(NamedConfigurations.reader(named()));
    }

    /** The settings of a reader, then the environment, then single ones. */
    RunSettings read(SettingsReader<RunSettings> reader) {
        return reader.environment(System.getenv()).assignments(assignments).read();
    }

    private String named() {
        if (configuration != null && configurationOption != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the configuration is named twice, as " + configuration + " and --configuration");
        }
        return configuration != null
                ? configuration
                : configurationOption != null ? configurationOption : NamedConfigurations.DEFAULT;
    }
}
