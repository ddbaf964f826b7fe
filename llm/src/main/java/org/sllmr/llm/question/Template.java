// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders, loaded from a resource.
 *
 * @param text the text; {@code {name}} is a placeholder
 */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{(history|candidates|item|label|words)}");

    /** Reads a template of the program. */
    static Template of(String name) {
        try (InputStream resource = Template.class.getResourceAsStream(name + ".txt")) {
            if (resource == null) {
                throw new IllegalStateException("the template " + name + " is missing");
            }
            return new Template(new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces all placeholders in one pass, so placeholders in the values are not replaced. */
    String fill(Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
    }
}
