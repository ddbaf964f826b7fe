// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.document;

import java.util.Comparator;

/**
 * The place where a value was written.
 *
 * <p>Origins are ordered as a user reads them: the file from top to bottom, then the environment, then the command
 * line.
 *
 * @param layer which source it comes from; a higher layer overrides a lower one
 * @param line 1-based line of a file, or the order within another layer
 * @param text the place in messages, such as {@code train.yaml:12} or {@code --set}
 * @param separator the characters between {@code text} and the path of a setting
 */
public record Origin(int layer, int line, String text, String separator) implements Comparable<Origin> {
    private static final int FILE = 0;
    private static final int ENVIRONMENT = 1;
    private static final int COMMAND_LINE = 2;
    private static final Comparator<Origin> ORDER =
            Comparator.comparingInt(Origin::layer).thenComparingInt(Origin::line);

    /** A line of a file; {@code file} is named as the user named it. */
    public static Origin line(String file, int line) {
        return new Origin(FILE, line, file + ":" + line, ": ");
    }

    /** An environment variable. */
    public static Origin variable(String name, int order) {
        return new Origin(ENVIRONMENT, order, name, ": ");
    }

    /** A {@code --set} option. */
    public static Origin assignment(int order) {
        return new Origin(COMMAND_LINE, order, "--set", " ");
    }

    /** The name, in messages, of the setting at {@code path} that was written here. */
    public String of(String path) {
        return path.isEmpty() ? text : text + separator + path;
    }

    @Override
    public int compareTo(Origin other) {
        return ORDER.compare(this, other);
    }
}
