// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Derives the shape of a settings record; a type that cannot be bound is a programming error, found here. */
final class Shapes {
    private final Variants variants;

    Shapes(Variants variants) {
        this.variants = variants;
    }

    Shape.Group group(Class<?> record) {
        List<Shape.Part> parts = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            Shape shape = shape(component.getGenericType(), record.getSimpleName() + "." + component.getName());
            Formerly formerly = component.getAnnotation(Formerly.class);
            List<String> formerNames = formerly == null ? List.of() : List.of(formerly.value());
            parts.add(new Shape.Part(component.getName(), formerNames, shape, nullable));
        }
        return new Shape.Group(record, List.copyOf(parts));
    }

    private Shape shape(Type type, String where) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            if (parameterized.getRawType() == List.class) {
                return new Shape.ListOf(shape(arguments[0], where));
            }
            if (parameterized.getRawType() == Optional.class) {
                return new Shape.OptionalOf(shape(arguments[0], where));
            }
            if (parameterized.getRawType() == Map.class && arguments[0] == String.class) {
                return new Shape.MapOf(shape(arguments[1], where));
            }
        } else if (type instanceof Class<?> raw) {
            Scalars.Codec codec = Scalars.of(raw);
            if (codec != null) {
                return new Shape.Leaf(codec);
            }
            if (raw.isRecord()) {
                return group(raw);
            }
            if (!variants.of(raw).isEmpty()) {
                return choice(raw);
            }
        }
        throw new IllegalArgumentException(where + " has type " + type
                + ", which settings cannot have; an interface needs its records in Variants");
    }

    private Shape.Choice choice(Class<?> type) {
        Map<String, Shape.Group> groups = new LinkedHashMap<>();
        variants.of(type).forEach((name, record) -> {
            Shape.Group group = group(record);
            if (group.indexOf(Variants.NAME) >= 0) {
                throw new IllegalArgumentException(record + " has a component 'name', the key that chooses the record");
            }
            groups.put(name, group);
        });
        return new Shape.Choice(type, groups);
    }
}
