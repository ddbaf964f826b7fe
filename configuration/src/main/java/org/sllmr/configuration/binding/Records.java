// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reflection on settings records: their defaults, components and canonical constructor. */
final class Records {
    /** Looked up once a class: to ask the runtime takes longer than to read what a request to a server says. */
    private static final ClassValue<Members> MEMBERS = new ClassValue<>() {
        @Override
        protected Members computeValue(Class<?> record) {
            return Members.of(record);
        }
    };

    private Records() {}

    /**
     * What is called of a record.
     *
     * @param accessors one a component
     * @param defaults null if it declares none
     */
    private record Members(
            List<Method> accessors,
            Constructor<?> constructor,
            @Nullable Method defaults) {
        private static Members of(Class<?> record) {
            RecordComponent[] components = record.getRecordComponents();
            try {
                Constructor<?> constructor = record.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                List<Method> accessors = Arrays.stream(components)
                        .map(RecordComponent::getAccessor)
                        .toList();
                accessors.forEach(accessor -> accessor.setAccessible(true));
                return new Members(accessors, constructor, declaredDefaults(record));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("cannot construct " + record, e);
            }
        }

        private static @Nullable Method declaredDefaults(Class<?> record) {
            Method method;
            try {
                method = record.getDeclaredMethod("defaults");
            } catch (NoSuchMethodException e) {
                return null;
            }
            if (!Modifier.isStatic(method.getModifiers()) || method.getReturnType() != record) {
                throw new IllegalArgumentException(record + ".defaults() must be static and return the record");
            }
            method.setAccessible(true);
            return method;
        }
    }

    /**
     * The value of the record's static {@code defaults()}; null if it declares none, so that every key is required.
     *
     * <p>A record without components needs no such method: its only value is its default.
     */
    static @Nullable Object defaults(Class<?> record) {
        Members members = MEMBERS.get(record);
        if (members.accessors.isEmpty()) {
            return construct(record, new Object[0]);
        }
        if (members.defaults == null) {
            return null;
        }
        return invoke(members.defaults, null);
    }

    /** The value of one component. */
    static @Nullable Object component(Object record, int index) {
        return invoke(MEMBERS.get(record.getClass()).accessors.get(index), record);
    }

    /**
     * Calls the canonical constructor.
     *
     * @throws RuntimeException whatever the constructor throws
     */
    static Object construct(Class<?> record, @Nullable Object[] values) {
        try {
            return MEMBERS.get(record).constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + record, e);
        }
    }

    private static @Nullable Object invoke(Method method, @Nullable Object target) {
        try {
            return method.invoke(target);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot call " + method, e);
        }
    }

    private static RuntimeException unwrapped(InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException cause) {
            return cause;
        }
        return new IllegalStateException(e);
    }
}
