// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.command;

import java.util.Map;
import java.util.function.Supplier;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;

/**
 * Replaces settings by the options that the user wrote, in error messages.
 *
 * @param options option by setting
 */
public record OptionNames(Map<String, String> options) {
    /** Copies the map. */
    public OptionNames {
        options = Map.copyOf(options);
    }

    /**
     * Runs code that uses options.
     *
     * @throws InvalidInputException that of {@code making}, with settings replaced by options
     */
    public <T> T in(Supplier<T> making) {
        try {
            return making.get();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.problems().stream()
                    .map(problem -> new Problem(options.getOrDefault(problem.where(), problem.where()), problem.what()))
                    .toList());
        }
    }
}
