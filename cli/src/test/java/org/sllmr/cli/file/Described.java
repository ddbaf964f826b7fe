// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.file;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Vocabulary;

/** The contents of a value as text; equal for equal contents, including arrays. */
final class Described {
    private Described() {}

    static String of(Object value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void append(Object value, StringBuilder text) {
        if (value == null) {
            text.append("null");
        } else if (value.getClass().isArray()) {
            text.append('[');
            for (int index = 0; index < Array.getLength(value); index++) {
                append(Array.get(value, index), text);
                text.append(',');
            }
            text.append(']');
        } else if (value instanceof Record) {
            append((Record) value, text);
        } else if (value instanceof Iterable<?> values) {
            text.append('[');
            for (Object one : values) {
                append(one, text);
                text.append(',');
            }
            text.append(']');
        } else if (value instanceof Map<?, ?> map) {
            append(
                    map.entrySet().stream()
                            .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
                            .toList(),
                    text);
        } else if (value instanceof Optional<?> optional) {
            append(optional.orElse(null), text);
        } else if (value instanceof InteractionLog log) {
            append(log, text);
        } else if (value instanceof Vocabulary vocabulary) {
            append(vocabulary.values(), text);
        } else {
            text.append(value);
        }
    }

    private static void append(Record record, StringBuilder text) {
        text.append(record.getClass().getSimpleName()).append('(');
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                append(accessor.invoke(record), text.append(component.getName()).append(' '));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            text.append(';');
        }
        text.append(')');
    }

    private static void append(InteractionLog log, StringBuilder text) {
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user); position++) {
                text.append(log.item(user, position))
                        .append('@')
                        .append(log.time(user, position))
                        .append(' ');
            }
            text.append('\n');
        }
    }
}
