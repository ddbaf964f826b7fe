// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Options with a choice of values: named by {@link ConstantName}, in any case, and so listed where a value is none of them. */
public final class OptionChoices {
    private OptionChoices() {}

    /** Lets a command and those below it read and list choices so. */
    public static void register(CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            Stream.concat(Stream.of(option.type()), Arrays.stream(option.auxiliaryTypes()))
                    .filter(Class::isEnum)
                    .forEach(type -> register(command, type));
        }
        command.getSubcommands().values().forEach(OptionChoices::register);
    }

    private static <T> void register(CommandLine command, Class<T> type) {
        command.registerConverter(type, choice(type));
    }

    private static <T> ITypeConverter<T> choice(Class<T> type) {
        return value -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(ConstantName.of(value)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is not one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(OptionChoices::name)
                                .collect(Collectors.joining(", "))));
    }

    private static String name(Object constant) {
        return ConstantName.of(((Enum<?>) constant).name());
    }
}
