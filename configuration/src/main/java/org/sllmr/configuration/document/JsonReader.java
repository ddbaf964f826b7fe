// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.document;

import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.document.Node.Mapping;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON as a document. It needs a parser of tokens only, so that programs which read no YAML do without the rest of
 * Jackson.
 */
public final class JsonReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonReader() {}

    /** What is wrong, without what only a programmer who sets up a parser can do something about. */
    private static String reason(JacksonException e) {
        return String.valueOf(e.getOriginalMessage())
                .replaceFirst("(?s) \\(start marker at .*", "")
                .replaceFirst("(?s): enable `.*", "")
                .replaceFirst("(?s) \\(not recognized as one .*", "");
    }

    /**
     * Reads an object.
     *
     * @param name the document's name in messages
     * @throws InvalidInputException with name and line, if the text is not one JSON object, or an object has a key twice
     */
    public static Mapping document(String name, String json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            TokenTree tree = new TokenTree(parser, line -> Origin.line(name, line));
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInputException(name, "is not a JSON object");
            }
            Mapping mapping = tree.mapping(tree.here());
            if (parser.nextToken() != null) {
                throw new InvalidInputException(tree.here().text(), "something follows the JSON object");
            }
            return mapping;
        } catch (JacksonException e) {
            throw new InvalidInputException(
                    Origin.line(name, TokenTree.line(e)).text(), "this is not valid JSON: " + reason(e));
        }
    }
}
