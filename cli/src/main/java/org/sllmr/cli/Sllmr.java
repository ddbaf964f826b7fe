// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program without a command, and the options of all commands. */
@Command(
        name = "sllmr",
        versionProvider = Version.class,
        description = "Trains recommenders, guided by a teacher's offline scores.",
        // Written out, because the help is printed before any command is set up.
        customSynopsis = "sllmr [-hV] [--debug] COMMAND",
        commandListHeading = "",
        footer = {
            "",
            "'sllmr COMMAND --help' explains a command.",
            "Results go to standard output, progress and messages to standard error.",
            "Exit code: 0 done, 1 failed, 2 wrong usage, 130 stopped."
        })
final class Sllmr implements Runnable {
    /** Shows stack traces and debug messages. */
    static final String DEBUG = "--debug";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    @Option(names = DEBUG, scope = ScopeType.INHERIT, description = "Show stack traces and debug messages.")
    @SuppressWarnings("unused") // read before anything is parsed
    private boolean debug;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed");
    }
}
