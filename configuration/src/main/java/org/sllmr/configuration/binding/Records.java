// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reflection on settings records: their defaults, components and canonical constructor. */
final class Records {
    private Records() {}

    /**
     * The value of the record's static {@code defaults()}; null if it declares none, so that every key is required.
     *
     * <p>A record without components needs no such method: its only value is its default.
     */
    static @Nullable Object defaults(Class<?> record) {
        if (record.getRecordComponents().length == 0) {
            return construct(record, new Object[0]);
        }
        Method method;
        try {
            method = record.getDeclaredMethod("defaults");
        } catch (NoSuchMethodException e) {
            return null;
        }
        if (!Modifier.isStatic(method.getModifiers()) || method.getReturnType() != record) {
            throw new IllegalArgumentException(record + ".defaults() must be static and return the record");
        }
        return invoke(method, null);
    }

    /** The value of one component. */
    static @Nullable Object component(Object record, int index) {
        return invoke(record.getClass().getRecordComponents()[index].getAccessor(), record);
    }

    /**
     * Calls the canonical constructor.
     *
     * @throws RuntimeException whatever the constructor throws
     */
    static Object construct(Class<?> record, @Nullable Object[] values) {
        Class<?>[] types = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + record, e);
        }
    }

    private static @Nullable Object invoke(Method method, @Nullable Object target) {
        try {
            method.setAccessible(true);
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
