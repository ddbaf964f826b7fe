// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One part of a document; scalars stay text, because only the setting they are for says how to read them. */
public sealed interface Node {
    /** Where this part starts. */
    Origin origin();

    /** Keys with values, in the order written; a key may stand there twice. */
    record Mapping(Origin origin, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The first entry of a key, or null. */
        public @Nullable Entry find(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry;
                }
            }
            return null;
        }
    }

    /** A key, where it stands, and its value. */
    record Entry(String key, Origin origin, Node value) {}

    /** Values in order. */
    record Sequence(Origin origin, List<Node> elements) implements Node {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** A number, a word or a text, exactly as written. */
    record Scalar(Origin origin, String text) implements Node {}

    /** A key with nothing behind it, or {@code null}. */
    record Empty(Origin origin) implements Node {}
}
