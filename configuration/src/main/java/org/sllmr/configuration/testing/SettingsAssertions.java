// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;

/**
 * Asserts the defaults of a settings record, and that a file can set every one of its components.
 *
 * <p>Both fail when a component is added that the test does not name, so that none stays untested.
 *
 * <pre>{@code
 * SettingsAssertions.of(MarginSettings.class)
 *         .hasDefaults(Map.of("margin", 0.1, "maxPairs", 256))
 *         .binds("""
 *                 margin: 0.2
 *                 maxPairs: 512
 *                 """, new MarginSettings(0.2, 512));
 * }</pre>
 *
 * @param <T> the settings record
 */
public final class SettingsAssertions<T extends Record> {
    private final Class<T> type;
    private final Variants variants;

    private SettingsAssertions(Class<T> type, Variants variants) {
        this.type = type;
        this.variants = variants;
    }

    /** Assertions on a record that has no component with variants. */
    public static <T extends Record> SettingsAssertions<T> of(Class<T> type) {
        return of(type, Variants.none());
    }

    /** Assertions on a record that has components with variants. */
    public static <T extends Record> SettingsAssertions<T> of(Class<T> type, Variants variants) {
        return new SettingsAssertions<>(type, variants);
    }

    /**
     * Asserts the default of every component.
     *
     * @param expected component name to value; {@link Optional#empty()} also stands for null
     * @throws AssertionError naming each component that differs, is missing or is unknown
     */
    public SettingsAssertions<T> hasDefaults(Map<String, ?> expected) {
        T defaults = SettingsReader.of(type, variants).read();
        List<String> wrong = new ArrayList<>();
        TreeSet<String> unknown = new TreeSet<>(expected.keySet());
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            Object value = value(component, defaults);
            if (!unknown.remove(name)) {
                wrong.add(name + " is not in the test; its default is " + value);
            } else if (!Objects.equals(value, expected.get(name))
                    && !(value == null && Objects.equals(expected.get(name), Optional.empty()))) {
                wrong.add(name + " has the default " + value + ", the test expects " + expected.get(name));
            }
        }
        unknown.forEach(name -> wrong.add(name + " is not a component"));
        return pass(wrong);
    }

    /**
     * Asserts that a YAML text that sets every component to another value than its default binds to {@code expected},
     * and that {@code expected}, written and read back, is equal.
     *
     * @throws AssertionError naming each component that differs or was left at its default
     */
    public SettingsAssertions<T> binds(String yaml, T expected) {
        T bound = SettingsReader.of(type, variants).text("test.yaml", yaml).read();
        @Nullable T defaults = defaults();
        List<String> wrong = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = value(component, bound);
            Object wanted = value(component, expected);
            if (!Objects.equals(value, wanted)) {
                wrong.add(component.getName() + " is bound to " + value + ", the test expects " + wanted);
            } else if (defaults != null && Objects.equals(value, value(component, defaults))) {
                wrong.add(component.getName() + " is at its default " + value + ", so nothing shows that it is bound");
            }
        }
        String written = SettingsWriter.of(variants).write(expected);
        T again =
                SettingsReader.of(type, variants).text("written.yaml", written).read();
        if (!again.equals(expected)) {
            wrong.add("written and read back it is " + again + ", not " + expected);
        }
        return pass(wrong);
    }

    private SettingsAssertions<T> pass(List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw new AssertionError(type.getSimpleName() + ": " + String.join("; ", wrong));
        }
        return this;
    }

    /** Null for a record whose keys are all required. */
    private @Nullable T defaults() {
        try {
            return type.cast(type.getDeclaredMethod("defaults").invoke(null));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static @Nullable Object value(RecordComponent component, Record settings) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
