// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.sllmr.configuration.document.Node;
import org.sllmr.configuration.document.Node.Entry;
import org.sllmr.configuration.document.Node.Mapping;

/** Former names of settings: they are still read, and each use is reported. */
final class FormerNames {
    /** The current name by dotted path; the path ends in a former name. */
    private final Map<String, String> current = new LinkedHashMap<>();

    private final Consumer<String> notices;

    /** Former names whose use is reported to {@code notices}, one sentence each. */
    FormerNames(Consumer<String> notices) {
        this.notices = notices;
    }

    /** Adds the former names of a component below {@code path}. */
    void add(String path, Shape.Part part) {
        for (String name : part.formerNames()) {
            current.put(Binder.join(path, name), part.name());
        }
    }

    /** Dotted paths that end in a former name; the names before the last are current. */
    Set<String> paths() {
        return current.keySet();
    }

    /** Replaces the former names among keys, from the root down. */
    void replace(List<String> keys) {
        for (int depth = 0; depth < keys.size(); depth++) {
            String path = String.join(".", keys.subList(0, depth + 1));
            String name = current.get(path);
            if (name != null) {
                keys.set(depth, name);
                tell(path, name);
            }
        }
    }

    /** The same document with current names. */
    Mapping replace(Mapping document) {
        return current.isEmpty() ? document : replace(document, "");
    }

    private Mapping replace(Mapping mapping, String path) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            String written = Binder.join(path, Spelling.camel(entry.key()));
            String name = current.get(written);
            if (name != null) {
                tell(entry.origin().of(written), name);
            }
            String key = name == null ? entry.key() : name;
            Node value = entry.value() instanceof Mapping inner
                    ? replace(inner, Binder.join(path, Spelling.camel(key)))
                    : entry.value();
            entries.add(new Entry(key, entry.origin(), value));
        }
        return new Mapping(mapping.origin(), entries);
    }

    private void tell(String where, String name) {
        notices.accept(where + " is now called '" + name + "'; the former name is still read");
    }
}
