// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.preparation.PreparationSettings;

/** Settings as the text in which they are sent to tasks. */
final class Settings {
    private Settings() {}

    static String write(PreparationSettings settings) {
        return SettingsWriter.of(Variants.none()).write(settings);
    }

    static PreparationSettings read(String text) {
        return SettingsReader.of(PreparationSettings.class, Variants.none())
                .text("settings", text)
                .read();
    }
}
