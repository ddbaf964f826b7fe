// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.sllmr.configuration.document.Node.Empty;
import org.sllmr.configuration.document.Node.Entry;
import org.sllmr.configuration.document.Node.Mapping;
import org.sllmr.configuration.document.Node.Scalar;
import org.sllmr.configuration.document.Node.Sequence;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Makes nodes of a stream of tokens, the only form that has the line of each key. */
class TokenTree {
    private final JsonParser parser;
    private final IntFunction<Origin> origins;
    private int line;
    /** That of the last line asked for: programs often write a whole document in one. */
    private Origin origin;

    /** @param origins the origin of what stands in a line, from 1 */
    TokenTree(JsonParser parser, IntFunction<Origin> origins) {
        this.parser = parser;
        this.origins = origins;
        this.line = 1;
        this.origin = origins.apply(line);
    }

    /** The node that begins with the parser's current token. */
    Node node(JsonToken token) {
        Origin place = here();
        return switch (token) {
            case START_OBJECT -> mapping(place);
            case START_ARRAY -> sequence(place);
            case VALUE_NULL -> new Empty(place);
            default -> scalar(place, parser.getString());
        };
    }

    /** A value that is neither a mapping nor a sequence. */
    Node scalar(Origin place, String text) {
        return new Scalar(place, text);
    }

    /** The mapping that the parser has begun. */
    Mapping mapping(Origin begin) {
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.getString();
            Origin place = here();
            entries.add(new Entry(key, place, node(parser.nextToken())));
        }
        return new Mapping(begin, entries);
    }

    private Sequence sequence(Origin begin) {
        List<Node> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(node(token));
        }
        return new Sequence(begin, elements);
    }

    /** Where the current token is. */
    Origin here() {
        int now = Math.max(1, parser.currentTokenLocation().getLineNr());
        if (now != line) {
            line = now;
            origin = origins.apply(now);
        }
        return origin;
    }

    /** The line of what a parser could not read. */
    static int line(JacksonException e) {
        return Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
    }
}
