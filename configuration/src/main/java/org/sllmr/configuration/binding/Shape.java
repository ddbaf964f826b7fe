// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a document may hold at one place, derived once from the types of the records. */
sealed interface Shape {
    /** A value that is written as one word, number or text. */
    record Leaf(Scalars.Codec codec) implements Shape {}

    /** Any number of values of one shape; a {@link List}. */
    record ListOf(Shape element) implements Shape {}

    /** Values of one shape under keys that the user chooses; a {@link Map} from strings. */
    record MapOf(Shape value) implements Shape {}

    /** A value that may be absent; an {@link java.util.Optional}. */
    record OptionalOf(Shape value) implements Shape {}

    /** A record; its keys are its components. */
    record Group(Class<?> type, List<Part> parts) implements Shape {
        /** Index of the component that a key means, in camel case or with hyphens, or -1. */
        int indexOf(String key) {
            String name = Spelling.camel(key);
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).name().equals(name)) {
                    return i;
                }
            }
            return -1;
        }

        List<String> names() {
            return parts.stream().map(Part::name).collect(Collectors.toList());
        }
    }

    /** One of several records, chosen by name. */
    record Choice(Class<?> type, Map<String, Group> groups) implements Shape {
        @Nullable
        String nameOf(Class<?> record) {
            for (Map.Entry<String, Group> entry : groups.entrySet()) {
                if (entry.getValue().type() == record) {
                    return entry.getKey();
                }
            }
            return null;
        }
    }

    /**
     * A component of a record.
     *
     * @param formerNames what it was called before, see {@link Formerly}
     * @param nullable whether null is one of its values
     */
    record Part(String name, List<String> formerNames, Shape shape, boolean nullable) {}
}
