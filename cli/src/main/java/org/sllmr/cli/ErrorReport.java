// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.data.Build;

/**
 * The report of an internal error, to attach to a bug report: command line, environment and stack trace, without keys.
 *
 * @param failure the failure
 * @param arguments the command line
 * @param environment environment variables; values of those named like secrets are removed
 */
record ErrorReport(Throwable failure, List<String> arguments, Map<String, String> environment) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(key|token|secret|passw|credential).*");
    private static final Pattern SECRET_SETTING =
            Pattern.compile("(?i)([\\w.-]*(?:key|token|secret|passw|credential)[\\w.-]*\\s*[=:]\\s*)[^\\s'\"]+");
    private static final Pattern USER_OF_ADDRESS = Pattern.compile("(?i)([a-z][a-z0-9+.-]*://)[^/\\s@]+@");
    private static final Pattern QUERY_OF_ADDRESS =
            Pattern.compile("(?i)([a-z][a-z0-9+.-]*://[^\\s?'\"]+\\?)[^\\s'\"]+");
    private static final Pattern KEY = Pattern.compile("\\b(?:sk|pk|rk|gsk|hf|ghp)[-_][A-Za-z0-9_-]{8,}");
    private static final String LEFT_OUT = "***";
    private static final int SHORTEST_SECRET = 6;

    /**
     * Writes the file into the first writable folder.
     *
     * @return its path; empty if no folder is writable
     */
    Optional<Path> write(List<Path> folders, Instant now) {
        String name = "sllmr-error-" + STAMP.format(now) + "-"
                + ProcessHandle.current().pid() + ".txt";
        for (Path folder : folders) {
            try {
                return Optional.of(Files.writeString(folder.resolve(name), text(now)));
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        return Optional.empty();
    }

    String text(Instant now) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        Runtime runtime = Runtime.getRuntime();
        String text = "sllmr " + Build.current().text() + "\n"
                + "when     " + now + "\n"
                + "command  " + ShellWords.join("sllmr") + " "
                + ShellWords.join(arguments.stream().map(this::clean).toArray(String[]::new)) + "\n"
                + "Java     " + Runtime.version() + ", " + System.getProperty("java.vendor") + "\n"
                + "system   " + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch") + ", " + runtime.availableProcessors() + " processors, heap up to "
                + (runtime.maxMemory() >> 20) + " MiB\n\n"
                + trace;
        return clean(text);
    }

    /** Removes everything that looks like a key, and the values of variables named like secrets. */
    private String clean(String text) {
        String clean = text;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String value = variable.getValue();
            if (value.length() >= SHORTEST_SECRET
                    && SECRET_NAME.matcher(variable.getKey()).matches()) {
                clean = clean.replace(value, LEFT_OUT);
            }
        }
        clean = USER_OF_ADDRESS.matcher(clean).replaceAll("$1" + LEFT_OUT + "@");
        clean = QUERY_OF_ADDRESS.matcher(clean).replaceAll("$1" + LEFT_OUT);
        clean = SECRET_SETTING.matcher(clean).replaceAll("$1" + LEFT_OUT);
        return KEY.matcher(clean).replaceAll(LEFT_OUT);
    }
}
