// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import org.sllmr.configuration.Checks;
import org.sllmr.preparation.read.SourceSettings;

/**
 * All settings of a preparation.
 *
 * @param name name of the dataset in results
 * @param sources the files
 * @param split how interactions become samples
 */
public record PreparationSettings(String name, SourceSettings sources, SplitSettings split) {
    /** Checks the name. */
    public PreparationSettings {
        new Checks().require(!name.isBlank(), "name", "is empty").done();
    }

    /** The given files with default settings. */
    public static PreparationSettings of(String name, SourceSettings sources) {
        return new PreparationSettings(name, sources, SplitSettings.defaults());
    }
}
