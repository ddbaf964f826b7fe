// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.configuration.document.Node;
import org.sllmr.configuration.document.Node.Empty;
import org.sllmr.configuration.document.Node.Entry;
import org.sllmr.configuration.document.Node.Mapping;
import org.sllmr.configuration.document.Node.Scalar;
import org.sllmr.configuration.document.Node.Sequence;
import org.sllmr.configuration.document.Problems;

/**
 * Overrides default values with those of a document.
 *
 * <p>A value that cannot be bound is noted and replaced by its default, so that the rest is still checked and all
 * problems are found at once; the caller must call {@link Problems#throwIfAny()} before it uses the result.
 */
final class Binder {
    private final Problems problems;

    Binder(Problems problems) {
        this.problems = problems;
    }

    /** The record that the mapping describes, or empty if there were problems with it. */
    Optional<Object> group(Shape.Group group, Mapping mapping, @Nullable Object base, String path) {
        @Nullable Object[] values = new Object[group.parts().size()];
        @Nullable Entry[] given = new Entry[values.length];
        boolean[] failed = new boolean[values.length];
        boolean valid = true;
        for (Entry entry : mapping.entries()) {
            int index = group.indexOf(entry.key());
            if (index < 0 || given[index] != null) {
                problems.add(
                        entry.origin(), join(path, entry.key()), index < 0 ? unknown(group, entry) : "is given twice");
                valid = false;
                continue;
            }
            given[index] = entry;
            Shape.Part part = group.parts().get(index);
            if (entry.value() instanceof Empty && part.nullable()) {
                continue;
            }
            Object value = base == null ? null : Records.component(base, index);
            Optional<Object> bound = bind(part.shape(), entry.value(), value, join(path, part.name()));
            failed[index] = bound.isEmpty();
            values[index] = bound.orElse(null);
        }
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            if (given[i] == null || failed[i]) {
                complete &= fill(group.parts().get(i), i, values, failed, base, mapping, path);
            }
            valid &= !failed[i];
        }
        if (!complete) {
            return Optional.empty();
        }
        try {
            Object record = Records.construct(group.type(), values);
            return valid ? Optional.of(record) : Optional.empty();
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                check(problem, group, given, failed, mapping, path);
            }
        } catch (IllegalArgumentException e) {
            problems.add(mapping.origin(), path, "is refused: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Fills what the document does not give from the defaults; false if something has no default. */
    private boolean fill(
            Shape.Part part,
            int index,
            @Nullable Object[] values,
            boolean[] failed,
            @Nullable Object base,
            Mapping mapping,
            String path) {
        if (base != null) {
            values[index] = Records.component(base, index);
        } else if (!part.nullable()) {
            values[index] = absent(part.shape());
            if (values[index] == null) {
                if (!failed[index]) {
                    problems.add(mapping.origin(), join(path, part.name()), "is missing, and it has no default");
                    failed[index] = true;
                }
                return false;
            }
        }
        return true;
    }

    /** The value of a component that has no default and is not in the document; null if it must be there. */
    private static @Nullable Object absent(Shape shape) {
        if (shape instanceof Shape.OptionalOf) {
            return Optional.empty();
        } else if (shape instanceof Shape.ListOf) {
            return List.of();
        }
        return shape instanceof Shape.Group group ? Records.defaults(group.type()) : null;
    }

    /** Puts place and path in front of a problem that a record found, unless it is about a placeholder value. */
    private void check(
            Problem problem,
            Shape.Group group,
            @Nullable Entry[] given,
            boolean[] failed,
            Mapping mapping,
            String path) {
        String first = problem.where().split("[.\\[]", 2)[0];
        int index = group.indexOf(first);
        Entry entry = index < 0 ? null : given[index];
        if (index < 0 || !failed[index]) {
            problems.add(
                    entry == null ? mapping.origin() : entry.origin(), join(path, problem.where()), problem.what());
        }
    }

    private Optional<Object> bind(Shape shape, Node node, @Nullable Object base, String path) {
        if (shape instanceof Shape.Leaf leaf) {
            return leaf(leaf, node, path);
        } else if (shape instanceof Shape.ListOf list) {
            return list(list, node, path);
        } else if (shape instanceof Shape.MapOf map) {
            return map(map, node, path);
        } else if (shape instanceof Shape.OptionalOf optional) {
            Object inner = base instanceof Optional<?> value ? value.orElse(null) : null;
            return node instanceof Empty
                    ? Optional.of(Optional.empty())
                    : bind(optional.value(), node, inner, path).map(Optional::of);
        } else if (shape instanceof Shape.Group group) {
            return mapping(node, path, "needs keys, such as " + String.join(", ", group.names()))
                    .flatMap(mapping -> group(group, mapping, baseOf(group, base), path));
        }
        return choice((Shape.Choice) shape, node, base, path);
    }

    private Optional<Object> leaf(Shape.Leaf leaf, Node node, String path) {
        if (node instanceof Scalar scalar) {
            try {
                return Optional.of(leaf.codec().parser().parse(scalar.text()));
            } catch (Scalars.Refused e) {
                problems.add(node.origin(), path, String.valueOf(e.getMessage()));
            }
        } else {
            problems.add(node.origin(), path, "needs a single value, found " + kind(node));
        }
        return Optional.empty();
    }

    private Optional<Object> list(Shape.ListOf list, Node node, String path) {
        if (!(node instanceof Sequence sequence)) {
            problems.add(node.origin(), path, "needs a list, such as [a, b], found " + kind(node));
            return Optional.empty();
        }
        List<Object> elements = new ArrayList<>();
        for (Node element : sequence.elements()) {
            int position = elements.size();
            bind(list.element(), element, null, path + "[" + position + "]").ifPresentOrElse(elements::add, () -> {});
        }
        return elements.size() == sequence.elements().size()
                ? Optional.of(Collections.unmodifiableList(elements))
                : Optional.empty();
    }

    private Optional<Object> map(Shape.MapOf map, Node node, String path) {
        return mapping(node, path, "needs keys with values").flatMap(mapping -> {
            Map<String, Object> values = new LinkedHashMap<>();
            boolean valid = true;
            for (Entry entry : mapping.entries()) {
                String place = join(path, entry.key());
                Optional<Object> value = bind(map.value(), entry.value(), null, place);
                valid &= value.isPresent();
                if (value.isPresent() && values.put(entry.key(), value.get()) != null) {
                    problems.add(entry.origin(), place, "is given twice");
                    valid = false;
                }
            }
            return valid ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
        });
    }

    private Optional<Object> choice(Shape.Choice choice, Node node, @Nullable Object base, String path) {
        List<Entry> rest = new ArrayList<>();
        Scalar name = null;
        if (node instanceof Scalar scalar) {
            name = scalar;
        } else if (node instanceof Mapping mapping) {
            for (Entry entry : mapping.entries()) {
                if (!entry.key().equals(Variants.NAME)) {
                    rest.add(entry);
                } else if (name == null && entry.value() instanceof Scalar scalar) {
                    name = scalar;
                } else {
                    problems.add(entry.origin(), join(path, Variants.NAME), "needs one name, written once");
                    return Optional.empty();
                }
            }
        } else if (!(node instanceof Empty)) {
            problems.add(node.origin(), path, "needs a name or keys, found " + kind(node));
            return Optional.empty();
        }
        String chosen = name != null ? name.text() : base == null ? null : choice.nameOf(base.getClass());
        Shape.Group group = chosen == null ? null : choice.groups().get(chosen);
        if (group == null) {
            String allowed = "allowed is " + String.join(", ", choice.groups().keySet());
            if (chosen == null || name == null) {
                problems.add(node.origin(), join(path, Variants.NAME), "is missing, " + allowed);
            } else {
                String near = Spelling.nearest(chosen, choice.groups().keySet());
                String hint = near == null ? "" : "; did you mean '" + near + "'?";
                problems.add(name.origin(), path, "is '" + chosen + "', " + allowed + hint);
            }
            return Optional.empty();
        }
        Object start = base != null && base.getClass() == group.type() ? base : Records.defaults(group.type());
        return group(group, new Mapping(node.origin(), rest), start, path);
    }

    private Optional<Mapping> mapping(Node node, String path, String needs) {
        if (node instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        if (node instanceof Empty) {
            return Optional.of(new Mapping(node.origin(), List.of()));
        }
        problems.add(node.origin(), path, needs + ", found " + kind(node));
        return Optional.empty();
    }

    private static @Nullable Object baseOf(Shape.Group group, @Nullable Object base) {
        return base != null ? base : Records.defaults(group.type());
    }

    private static String unknown(Shape.Group group, Entry entry) {
        return "is not a setting" + Spelling.hint(entry.key(), group.names());
    }

    private static String kind(Node node) {
        if (node instanceof Scalar scalar) {
            return "'" + scalar.text() + "'";
        } else if (node instanceof Sequence) {
            return "a list";
        }
        return node instanceof Empty ? "nothing" : "keys with values";
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
