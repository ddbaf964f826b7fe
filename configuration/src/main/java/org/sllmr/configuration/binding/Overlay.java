// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.document.Node;
import org.sllmr.configuration.document.Node.Entry;
import org.sllmr.configuration.document.Node.Mapping;
import org.sllmr.configuration.document.Node.Scalar;

/** Sets single values of a document by their paths. */
final class Overlay {
    private final SettingsPaths paths;

    Overlay(SettingsPaths paths) {
        this.paths = paths;
    }

    /** The same document with {@code value} at {@code keys}; everything else stays. */
    Mapping put(Mapping document, List<String> keys, Node value) {
        return put(document, keys, 0, value);
    }

    private Mapping put(Mapping mapping, List<String> keys, int depth, Node value) {
        String key = keys.get(depth);
        List<Entry> entries = new ArrayList<>(mapping.entries());
        int index = indexOf(entries, key);
        Entry old = index < 0 ? null : entries.get(index);
        Entry entry;
        if (depth + 1 == keys.size()) {
            entry = new Entry(key, value.origin(), value);
        } else {
            String path = String.join(".", keys.subList(0, depth + 1));
            Mapping below = below(old, path, value);
            if (depth + 2 == keys.size() && keys.get(depth + 1).equals(Variants.NAME) && paths.isChoice(path)) {
                below = chosen(below, value);
            }
            Mapping inner = put(below, keys, depth + 1, value);
            entry = new Entry(key, old == null ? value.origin() : old.origin(), inner);
        }
        if (index < 0) {
            entries.add(entry);
        } else {
            entries.set(index, entry);
        }
        return new Mapping(mapping.origin(), entries);
    }

    /** The value of an entry as a mapping: a choice written as a bare name becomes {@code {name: ...}}. */
    private Mapping below(@Nullable Entry old, String path, Node value) {
        if (old != null && old.value() instanceof Mapping mapping) {
            return mapping;
        }
        if (old != null && old.value() instanceof Scalar scalar && paths.isChoice(path)) {
            return new Mapping(scalar.origin(), List.of(new Entry(Variants.NAME, scalar.origin(), scalar)));
        }
        return new Mapping(value.origin(), List.of());
    }

    /** Choosing another variant drops the settings of the old one, which the new one does not have. */
    private static Mapping chosen(Mapping choice, Node name) {
        Entry old = choice.find(Variants.NAME);
        boolean same = old != null
                && old.value() instanceof Scalar before
                && name instanceof Scalar now
                && before.text().equals(now.text());
        if (same) {
            return choice;
        }
        return new Mapping(
                choice.origin(),
                choice.entries().stream()
                        .filter(entry -> entry.origin().layer() >= name.origin().layer())
                        .toList());
    }

    private static int indexOf(List<Entry> entries, String key) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).key().equals(key)
                    || Spelling.camel(entries.get(i).key()).equals(key)) {
                return i;
            }
        }
        return -1;
    }
}
