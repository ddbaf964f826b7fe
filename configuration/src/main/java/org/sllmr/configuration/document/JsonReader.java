// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.document;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.document.Node.Empty;
import org.sllmr.configuration.document.Node.Entry;
import org.sllmr.configuration.document.Node.Mapping;
import org.sllmr.configuration.document.Node.Scalar;
import org.sllmr.configuration.document.Node.Sequence;
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

    private final String name;
    private final JsonParser parser;

    private JsonReader(String name, JsonParser parser) {
        this.name = name;
        this.parser = parser;
    }

    /**
     * Reads an object.
     *
     * @param name the document's name in messages
     * @throws InvalidInputException with name and line, if the text is not one JSON object, or an object has a key twice
     */
    public static Mapping document(String name, String json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            JsonReader reader = new JsonReader(name, parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInputException(name, "is not a JSON object");
            }
            Mapping mapping = reader.mapping(reader.here());
            if (parser.nextToken() != null) {
                throw new InvalidInputException(reader.here().text(), "something follows the JSON object");
            }
            return mapping;
        } catch (JacksonException e) {
            int line = Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
            throw new InvalidInputException(
                    Origin.line(name, line).text(), "this is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private Node node(JsonToken token) {
        Origin origin = here();
        return switch (token) {
            case START_OBJECT -> mapping(origin);
            case START_ARRAY -> sequence(origin);
            case VALUE_NULL -> new Empty(origin);
            default -> new Scalar(origin, parser.getString());
        };
    }

    private Mapping mapping(Origin origin) {
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.getString();
            Origin place = here();
            entries.add(new Entry(key, place, node(parser.nextToken())));
        }
        return new Mapping(origin, entries);
    }

    private Sequence sequence(Origin origin) {
        List<Node> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(node(token));
        }
        return new Sequence(origin, elements);
    }

    private Origin here() {
        return Origin.line(name, Math.max(1, parser.currentTokenLocation().getLineNr()));
    }
}
