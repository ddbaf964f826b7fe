// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;

class NamedConfigurationsTest {
    private static final Path FOLDER = Path.of("..", "configurations");

    @Test
    void everyShippedFileHasItsName() throws IOException {
        List<String> files = new ArrayList<>();
        for (String kind : List.of("recommended", "published")) {
            try (Stream<Path> all = Files.list(FOLDER.resolve(kind))) {
                all.forEach(file ->
                        files.add(kind + "/" + file.getFileName().toString().replace(".yaml", "")));
            }
        }
        assertThat(NamedConfigurations.names()).containsExactlyInAnyOrderElementsOf(files);
        for (String name : NamedConfigurations.names()) {
            assertThat(NamedConfigurations.text(name)).hasValue(Files.readString(FOLDER.resolve(name + ".yaml")));
        }
    }

    @Test
    void aNameMayBeWrittenAsThePathThatItHasInTheSources() {
        RunSettings named = NamedConfigurations.reader("published/deepfm").read();
        assertThat(NamedConfigurations.reader("configurations/published/deepfm.yaml")
                        .read())
                .isEqualTo(named);
        assertThat(RunConfiguration.reader()
                        .file(FOLDER.resolve("published/deepfm.yaml"))
                        .read())
                .isEqualTo(named);
        assertThat(NamedConfigurations.reader(NamedConfigurations.DEFAULT)
                        .assignments(List.of("model.backbone=deepfm", "training.maxEpochs=2"))
                        .read()
                        .training()
                        .maxEpochs())
                .isEqualTo(2);
    }

    @Test
    void aFileTakesPrecedenceAndAMissingOneIsReported(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("beauty.yaml"), "seed: 9\n");
        assertThat(NamedConfigurations.reader(file.toString()).read().seed()).isEqualTo(9);
        assertThatThrownBy(() ->
                        NamedConfigurations.reader(folder.resolve("baeuty.yaml").toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no such file or configuration; did you mean '" + file + "'?");
        assertThatThrownBy(() -> NamedConfigurations.reader("recomended/dcnv2"))
                .hasMessageContaining("did you mean 'recommended/dcnv2'?");
        assertThatThrownBy(() -> NamedConfigurations.reader("something")).hasMessageContaining("recommended/dcnv2");
    }
}
