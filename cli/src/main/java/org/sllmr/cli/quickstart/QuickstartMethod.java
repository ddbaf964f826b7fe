// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sllmr.model.Backbones;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunSettings;

/**
 * A method of the quickstart and its settings.
 *
 * @param name its name in tables
 * @param file its name in paths
 * @param settings settings of its runs, except the seed
 */
record QuickstartMethod(String name, String file, RunSettings settings) {
    /** The method with the shipped configuration of that name. */
    static QuickstartMethod named(String name, String file, QuickstartData data) throws IOException {
        String resource = file + ".yaml";
        try (InputStream stream = QuickstartMethod.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not in the program");
            }
            String yaml = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            RunSettings read = RunConfiguration.read(resource, yaml);
            return new QuickstartMethod(name, file, read.on(data.datasetFolder(), Optional.of(data.teacherFile())));
        }
    }

    /** The method as shown in tables and reports. */
    MethodSettings described() {
        return new MethodSettings(
                name, file, Backbones.titleOf(settings.model().backbone()), RunConfiguration.write(settings));
    }
}
