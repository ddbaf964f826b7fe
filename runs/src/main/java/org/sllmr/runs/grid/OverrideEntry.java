// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.util.Map;
import java.util.Optional;

/**
 * Settings of some cells of a grid alone, such as one backbone on one data set.
 *
 * @param data name of the data set; all of them unless given
 * @param backbone name of the backbone; all of them unless given
 * @param framework name of the framework; all of them unless given
 * @param set the settings, written as after {@code --set}; a later override goes over an earlier one
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
