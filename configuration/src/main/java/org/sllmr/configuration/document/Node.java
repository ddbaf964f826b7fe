// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One part of a document. Scalars stay text, because how to read them depends on the setting. */
public sealed interface Node {
    /** Where this part starts. */
    Origin origin();

    /** Keys with values, in the order written; a key may occur twice. */
    record Mapping(Origin origin, List<Entry> entries) implements Node {
        /** Copies the list. */
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

    /** A key, its place, and its value. */
    record Entry(String key, Origin origin, Node value) {}

    /** Values in order. */
    record Sequence(Origin origin, List<Node> elements) implements Node {
        /** Copies the list. */
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** A number, a word or a text, exactly as written. */
    record Scalar(Origin origin, String text) implements Node {}

    /** A key without a value, or {@code null}. */
    record Empty(Origin origin) implements Node {}
}
