// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting is on docs/reference/backbones.md. */
class BackbonesPageTest {
    private static final Path REFERENCE = Path.of("..", "docs", "reference", "backbones.md");

    static List<Backbones.Entry> entries() {
        return Backbones.all();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everySettingOfEveryBackboneIsNamed(Backbones.Entry entry) throws IOException {
        String page = Files.readString(REFERENCE);
        String start = "\n## `" + entry.name() + "`";
        assertThat(page).contains(start);
        String section = page.substring(page.indexOf(start) + 1);
        section = section.substring(0, section.indexOf("\n## "));
        for (RecordComponent setting : entry.settings().getRecordComponents()) {
            assertThat(section).contains("| `" + setting.getName() + "` |");
        }
    }
}
