// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Writes every key of a settings record as YAML or JSON, so that it reads back equal even if defaults change later. */
public final class SettingsWriter {
    /** Made on first use: who writes JSON needs no YAML. */
    private static final class Yaml {
        private static final YAMLFactory FACTORY = YAMLFactory.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .disable(YAMLWriteFeature.SPLIT_LINES)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();

        private static JsonGenerator generator(StringWriter text) {
            return FACTORY.createGenerator(ObjectWriteContext.empty(), text);
        }
    }

    private final Variants variants;

    private SettingsWriter(Variants variants) {
        this.variants = variants;
    }

    /** A writer of records whose interfaces have these variants. */
    public static SettingsWriter of(Variants variants) {
        return new SettingsWriter(variants);
    }

    /** The YAML of a record, ending in a line break; keys are in the order of the components. */
    public String write(Record settings) {
        StringWriter text = new StringWriter();
        write(settings, Yaml.generator(text));
        return text.toString();
    }

    /** The JSON of a record, in one line; keys are in the order of the components. */
    public String writeJson(Record settings) {
        StringWriter text = new StringWriter();
        write(settings, new JsonFactory().createGenerator(ObjectWriteContext.empty(), text));
        return text.toString();
    }

    private void write(Record settings, JsonGenerator generator) {
        try (generator) {
            generator.writeStartObject();
            parts(new Shapes(variants).group(settings.getClass()), settings, generator);
            generator.writeEndObject();
        }
    }

    private static void parts(Shape.Group group, Object record, JsonGenerator yaml) {
        for (int i = 0; i < group.parts().size(); i++) {
            yaml.writeName(group.parts().get(i).name());
            value(group.parts().get(i).shape(), Records.component(record, i), yaml);
        }
    }

    private static void value(Shape shape, @Nullable Object value, JsonGenerator yaml) {
        if (value == null) {
            yaml.writeNull();
        } else if (shape instanceof Shape.OptionalOf optional) {
            value(optional.value(), ((Optional<?>) value).orElse(null), yaml);
        } else if (shape instanceof Shape.Leaf leaf) {
            leaf(leaf.codec().writer().apply(value), value, yaml);
        } else if (shape instanceof Shape.ListOf list) {
            yaml.writeStartArray();
            for (Object element : (List<?>) value) {
                value(list.element(), element, yaml);
            }
            yaml.writeEndArray();
        } else if (shape instanceof Shape.MapOf map) {
            yaml.writeStartObject();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                yaml.writeName((String) entry.getKey());
                value(map.value(), entry.getValue(), yaml);
            }
            yaml.writeEndObject();
        } else {
            yaml.writeStartObject();
            if (shape instanceof Shape.Group group) {
                parts(group, value, yaml);
            } else {
                choice((Shape.Choice) shape, value, yaml);
            }
            yaml.writeEndObject();
        }
    }

    private static void choice(Shape.Choice choice, Object value, JsonGenerator yaml) {
        String name = choice.nameOf(value.getClass());
        Shape.Group group = name == null ? null : choice.groups().get(name);
        if (group == null) {
            throw new IllegalArgumentException(value.getClass() + " is not among the variants of " + choice.type());
        }
        yaml.writeName(Variants.NAME);
        yaml.writeString(name);
        parts(group, value, yaml);
    }

    private static void leaf(String text, Object value, JsonGenerator yaml) {
        if (value instanceof Number) {
            yaml.writeNumber(text);
        } else if (value instanceof Boolean truth) {
            yaml.writeBoolean(truth);
        } else {
            yaml.writeString(text);
        }
    }
}
