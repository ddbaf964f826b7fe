// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.document;

import java.util.List;
import java.util.function.IntFunction;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.document.Node.Empty;
import org.sllmr.configuration.document.Node.Mapping;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads YAML as a document.
 *
 * <p>Anchors, aliases, tags and second documents are refused: a configuration says each thing once, in place.
 */
public final class YamlReader {
    private static final YAMLFactory YAML = new YAMLFactory();

    private YamlReader() {}

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
            YamlTree tree = new YamlTree(parser, origins);
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new Empty(origins.apply(1));
            }
            Node node = tree.node(first);
            if (parser.nextToken() != null) {
                throw new InvalidInputException(
                        tree.here().text(), "a second document starts here; one file holds one configuration");
            }
            return node;
        } catch (JacksonException e) {
            throw new InvalidInputException(
                    origins.apply(TokenTree.line(e)).text(),
                    "this is not valid YAML: " + oneLine(e.getOriginalMessage()));
        }
    }

    /** The nodes of what settings use of YAML. */
    private static final class YamlTree extends TokenTree {
        private final YAMLParser parser;

        YamlTree(YAMLParser parser, IntFunction<Origin> origins) {
            super(parser, origins);
            this.parser = parser;
        }

        @Override
        Node node(JsonToken token) {
            if (parser.isCurrentAlias()) {
                throw new InvalidInputException(here().text(), "aliases (*name) are not allowed; write the value out");
            }
            if (parser.getTypeId() != null) {
                throw new InvalidInputException(here().text(), "tags (!name) are not allowed; leave it out");
            }
            return super.node(token);
        }

        @Override
        Node scalar(Origin origin, String text) {
            return text.equals("~") ? new Empty(origin) : super.scalar(origin, text);
        }
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
