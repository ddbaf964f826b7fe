// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings records as a tree of maps, lists and scalars, for the manifest. Paths are reduced to file names, because
 * folders differ between machines.
 */
final class SettingsTree {
    private SettingsTree() {}

    static Map<String, Object> of(Record settings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = tree(value(settings, component));
            if (value != null) {
                tree.put(component.getName(), value);
            }
        }
        return tree;
    }

    private static @Nullable Object tree(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? tree(optional.get()) : null;
        } else if (value instanceof Record settings) {
            return of(settings);
        } else if (value instanceof List<?> list) {
            return list.stream().map(SettingsTree::tree).toList();
        } else if (value instanceof Path path) {
            return String.valueOf(path.getFileName());
        } else if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return value;
    }

    private static Object value(Record settings, RecordComponent component) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
