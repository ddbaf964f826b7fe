// SPDX-License-Identifier: Apache-2.0
package org.sllmr.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that shows programs. */
record Page(String name) {
    private static final Path SOURCES = Path.of("src/main/java/org/sllmr/examples");

    /**
     * Requires that the page shows a program as it is compiled.
     *
     * @param from the first words that are shown
     */
    void shows(Class<?> program, String from) throws IOException {
        String source = Files.readString(SOURCES.resolve(program.getSimpleName() + ".java"));
        assertThat(Files.readString(Path.of("..", "docs", "how-to", name)))
                .as("%s shows %s", name, program.getSimpleName())
                .contains("```java\n" + source.substring(source.indexOf(from)) + "```");
    }
}
