// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every setting of a record by its dotted path, those of all variants included. */
final class SettingsPaths {
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final FormerNames formerNames;

    SettingsPaths(Shape.Group root, FormerNames formerNames) {
        this.formerNames = formerNames;
        addParts(root, "");
    }

    private void addParts(Shape.Group group, String path) {
        for (Shape.Part part : group.parts()) {
            add(part.shape(), Binder.join(path, part.name()));
            formerNames.add(path, part);
        }
    }

    private void add(Shape shape, String path) {
        shapes.putIfAbsent(path, shape);
        if (shape instanceof Shape.Group group) {
            addParts(group, path);
        } else if (shape instanceof Shape.Choice choice) {
            shapes.putIfAbsent(Binder.join(path, Variants.NAME), new Shape.Leaf(text()));
            choice.groups().values().forEach(group -> addParts(group, path));
        } else if (shape instanceof Shape.OptionalOf optional) {
            add(optional.value(), path);
        }
    }

    private static Scalars.Codec text() {
        return new Scalars.Codec(value -> value, Object::toString);
    }

    /**
     * The current keys of the setting at a dotted path, which may have camel case, hyphens or former names; null if
     * there is none.
     */
    @Nullable
    List<String> find(String dotted) {
        List<String> keys = Stream.of(dotted.split("\\.", -1))
                .map(Spelling::camel)
                .collect(Collectors.toCollection(ArrayList::new));
        formerNames.replace(keys);
        if (shapes.containsKey(String.join(".", keys))) {
            return keys;
        }
        // Below a map with free keys, the last key is the user's own.
        int last = keys.size() - 1;
        if (last > 0 && shapes.get(String.join(".", keys.subList(0, last))) instanceof Shape.MapOf) {
            keys.set(last, dotted.substring(dotted.lastIndexOf('.') + 1));
            return keys;
        }
        return null;
    }

    /** The keys of the setting that an environment variable (without its prefix) sets; null if there is none. */
    @Nullable
    List<String> findVariable(String name) {
        for (String path : shapes.keySet()) {
            if (Spelling.upper(path).equals(name)) {
                return List.of(path.split("\\."));
            }
        }
        for (String path : formerNames.paths()) {
            String former = Spelling.upper(path);
            if (name.equals(former) || name.startsWith(former + "_")) {
                List<String> keys = new ArrayList<>(List.of(path.split("\\.")));
                formerNames.replace(keys);
                return findVariable(Spelling.upper(String.join(".", keys)) + name.substring(former.length()));
            }
        }
        return null;
    }

    /** Whether the settings at {@code path} are chosen by a name. */
    boolean isChoice(String path) {
        Shape shape = shapes.get(path);
        return shape instanceof Shape.Choice
                || (shape instanceof Shape.OptionalOf optional && optional.value() instanceof Shape.Choice);
    }

    /** All dotted paths, in the order of the records' components. */
    Set<String> all() {
        return new LinkedHashSet<>(shapes.keySet());
    }
}
