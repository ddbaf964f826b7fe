// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A backbone of a grid: the settings that all of its runs share.
 *
 * @param label its name in tables; default: the backbone's name in its paper
 * @param configuration a configuration file, relative to the grid's folder; default: all settings at their defaults
 * @param set further settings, written as after {@code --set}
 */
public record BackboneEntry(Optional<String> label, Optional<Path> configuration, Map<String, String> set) {
    /** All settings at their defaults. */
    public static BackboneEntry defaults() {
        return new BackboneEntry(Optional.empty(), Optional.empty(), Map.of());
    }
}
