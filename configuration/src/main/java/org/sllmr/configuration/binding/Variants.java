// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names under which a file chooses between the records of an interface.
 *
 * <pre>{@code
 * Variants.none()
 *     .with(Backbone.class, "deepfm", DeepFm.class)
 *     .with(Backbone.class, "dcnv2", DcnV2.class);
 * }</pre>
 *
 * A file then says {@code backbone: dcnv2}, or {@code backbone: {name: dcnv2, crossLayers: 3}}.
 */
public final class Variants {
    /** The key that holds the name of the record. */
    static final String NAME = "name";

    private static final Variants NONE = new Variants(Map.of());

    private final Map<Class<?>, Map<String, Class<?>>> records;

    private Variants(Map<Class<?>, Map<String, Class<?>>> records) {
        this.records = records;
    }

    /** No variants. */
    public static Variants none() {
        return NONE;
    }

    /**
     * The same variants and one more.
     *
     * @param type the interface that a settings component has as its type
     * @param name the record's name in files: lower case with hyphens
     * @param record the record with that name
     * @throws IllegalArgumentException if the name or the record is already used, or {@code record} is not a record
     */
    public <T> Variants with(Class<T> type, String name, Class<? extends T> record) {
        if (!record.isRecord()) {
            throw new IllegalArgumentException(record + " is not a record");
        }
        Map<Class<?>, Map<String, Class<?>>> all = new LinkedHashMap<>(records);
        Map<String, Class<?>> names = new LinkedHashMap<>(all.getOrDefault(type, Map.of()));
        if (names.containsValue(record) || names.putIfAbsent(name, record) != null) {
            throw new IllegalArgumentException(type + " already has " + name + " or " + record);
        }
        all.put(type, Collections.unmodifiableMap(names));
        return new Variants(Collections.unmodifiableMap(all));
    }

    /**
     * The variants of both.
     *
     * @throws IllegalArgumentException if both have variants of one interface
     */
    public Variants and(Variants other) {
        Map<Class<?>, Map<String, Class<?>>> all = new LinkedHashMap<>(records);
        other.records.forEach((type, names) -> {
            if (all.putIfAbsent(type, names) != null) {
                throw new IllegalArgumentException(type + " has variants in both");
            }
        });
        return new Variants(Collections.unmodifiableMap(all));
    }

    /**
     * The name of a record among those of its interface.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public <T> String nameOf(Class<T> type, T value) {
        return of(type).entrySet().stream()
                .filter(entry -> entry.getValue() == value.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(value.getClass() + " is no variant of " + type));
    }

    /** Name to record of one interface, in the order given; empty for a type that has none. */
    Map<String, Class<?>> of(Class<?> type) {
        return records.getOrDefault(type, Map.of());
    }
}
