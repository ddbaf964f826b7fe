// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.util.Map;
import java.util.Optional;

/**
 * Settings for some cells of a grid, such as for one backbone on one dataset.
 *
 * @param data name of the dataset; default: all
 * @param backbone name of the backbone; default: all
 * @param framework name of the framework; default: all
 * @param set the settings, written as after {@code --set}; later overrides take precedence
 */
public record OverrideEntry(
        Optional<String> data, Optional<String> backbone, Optional<String> framework, Map<String, String> set) {
    /** Overrides nothing. */
    public static OverrideEntry defaults() {
        return new OverrideEntry(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    boolean applies(String dataName, String backboneName, String frameworkName) {
        return data.map(dataName::equals).orElse(true)
                && backbone.map(backboneName::equals).orElse(true)
                && framework.map(frameworkName::equals).orElse(true);
    }
}
