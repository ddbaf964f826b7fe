// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A backbone of a grid: the part of a configuration that all of its runs share.
 *
 * @param label how tables name it; the backbone's name in its paper unless given
 * @param configuration a configuration file, seen from the grid's folder; the defaults unless given
 * @param set further settings, written as after {@code --set}
 */
public record BackboneEntry(Optional<String> label, Optional<Path> configuration, Map<String, String> set) {
    /** All settings at their defaults. */
    public static BackboneEntry defaults() {
        return new BackboneEntry(Optional.empty(), Optional.empty(), Map.of());
    }
}
