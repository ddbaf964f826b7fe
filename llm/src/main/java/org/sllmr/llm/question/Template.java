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
 * A text with places to fill in, kept as a resource.
 *
 * @param text the text; {@code {name}} stands for what is filled in
 */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{(history|candidates)}");

    /** Reads a template that comes with the program. */
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

    /** Fills in all places in one pass: what is filled in is not looked through for places. */
    String fill(Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
    }
}
