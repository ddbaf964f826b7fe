// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.document.Node.Empty;
import org.sllmr.configuration.document.Node.Entry;
import org.sllmr.configuration.document.Node.Mapping;
import org.sllmr.configuration.document.Node.Scalar;
import org.sllmr.configuration.document.Node.Sequence;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads YAML from Jackson's token stream, the only form that has the line of each key.
 *
 * <p>Anchors, aliases, tags and second documents are refused: a configuration says each thing once, in place.
 */
public final class YamlReader {
    private static final YAMLFactory YAML = new YAMLFactory();

    private final YAMLParser parser;
    private final IntFunction<Origin> origins;

    private YamlReader(YAMLParser parser, IntFunction<Origin> origins) {
        this.parser = parser;
        this.origins = origins;
    }

    /**
     * Reads a whole document of keys and values; an empty one has none.
     *
     * @param file the document's name in messages
     * @throws InvalidInputException with file and line, if this is not YAML of the kind that settings use
     */
    public static Mapping document(String file, String yaml) {
        IntFunction<Origin> origins = line -> Origin.line(file, line);
        Node node = read(yaml, origins);
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        if (node instanceof Empty) {
            return new Mapping(node.origin(), List.of());
        }
        throw new InvalidInputException(
                node.origin().text(), "a configuration holds keys with values, such as 'seed: 7'; found a bare value");
    }

    /**
     * Reads one value, such as {@code 256}, {@code dcnv2} or {@code [200, 80]}.
     *
     * @throws InvalidInputException if the text is not YAML
     */
    public static Node value(Origin origin, String yaml) {
        return read(yaml, line -> origin);
    }

    private static Node read(String yaml, IntFunction<Origin> origins) {
        try (YAMLParser parser = (YAMLParser) YAML.createParser(ObjectReadContext.empty(), yaml)) {
            YamlReader reader = new YamlReader(parser, origins);
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new Empty(origins.apply(1));
            }
            Node node = reader.node(first);
            if (parser.nextToken() != null) {
                throw new InvalidInputException(
                        reader.here().text(), "a second document starts here; one file holds one configuration");
            }
            return node;
        } catch (JacksonException e) {
            int line = Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
            throw new InvalidInputException(
                    origins.apply(line).text(), "this is not valid YAML: " + oneLine(e.getOriginalMessage()));
        }
    }

    private Node node(JsonToken token) {
        Origin origin = here();
        if (parser.isCurrentAlias()) {
            throw new InvalidInputException(origin.text(), "aliases (*name) are not allowed; write the value out");
        }
        if (parser.getTypeId() != null) {
            throw new InvalidInputException(origin.text(), "tags (!name) are not allowed; leave it out");
        }
        return switch (token) {
            case START_OBJECT -> mapping(origin);
            case START_ARRAY -> sequence(origin);
            case VALUE_NULL -> new Empty(origin);
            default -> {
                String text = parser.getString();
                yield text.equals("~") ? new Empty(origin) : new Scalar(origin, text);
            }
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
        return origins.apply(Math.max(1, parser.currentTokenLocation().getLineNr()));
    }

    /** The parser's messages quote the source over several lines; ours already begin with file and line. */
    private static String oneLine(String message) {
        StringBuilder text = new StringBuilder();
        message.lines()
                .filter(line -> !line.startsWith(" "))
                .forEach(line -> text.append(text.isEmpty() ? "" : ", ").append(line.strip()));
        return text.toString();
    }
}
