// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;

class QuickstartFolderTest {
    @TempDir
    Path folder;

    @Test
    void resumesWithTheSameShopOnly() throws IOException {
        Path out = folder.resolve("new/out");
        QuickstartFolder.take(settings(3000, 4000, 1, out));
        QuickstartFolder.take(settings(3000, 4000, 1, out));
        for (QuickstartSettings other : new QuickstartSettings[] {
            settings(3000, 4001, 1, out), settings(3001, 4000, 1, out), settings(3000, 4000, 2, out)
        }) {
            assertThatThrownBy(() -> QuickstartFolder.take(other))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("users: 3000, items: 4000, shop: 1")
                    .hasMessageContaining("give another --out");
        }
        try (var left = Files.list(out)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void refusesADatasetOfUnknownSize() throws IOException {
        Files.createDirectories(folder.resolve("dataset"));
        assertThatThrownBy(() -> QuickstartFolder.take(settings(3000, 4000, 1, folder)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("holds a shop or dataset");
        assertThat(folder.resolve("quickstart.yaml")).doesNotExist();
    }

    private static QuickstartSettings settings(int users, int items, long shop, Path out) {
        return new QuickstartSettings(5, 1, users, items, shop, out);
    }
}
