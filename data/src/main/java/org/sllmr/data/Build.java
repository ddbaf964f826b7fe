// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * The build of the running program.
 *
 * @param version such as {@code 0.1.0}
 * @param commit the source's commit; the build may include uncommitted changes. Empty for a build without the
 *     repository's history, such as from an archive
 */
public record Build(String version, Optional<String> commit) {
    private static final class Read {
        private static final Build BUILD = read();

        private static Build read() {
            Properties properties = new Properties();
            try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Build(
                    properties.getProperty("version"),
                    // The build writes another word if it found no history.
                    Optional.of(properties.getProperty("commit", "")).filter(id -> id.matches("[0-9a-f]{7,}")));
        }
    }

    /** The build that this program was made by. */
    public static Build current() {
        return Read.BUILD;
    }

    /** Such as {@code 0.1.0 (commit 5e970206fa8c)}. */
    public String text() {
        return version + " (" + commit.map(id -> "commit " + id).orElse("built without the repository's history") + ")";
    }
}
