// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;

class DemoWriterTest {
    private static final DemoShop SHOP = DemoGenerator.generate(DemoSettings.DEFAULT);

    @TempDir
    private Path folder;

    @Test
    void writesEveryItemAndInteraction() throws IOException {
        Path out = folder.resolve("shop");
        DemoWriter.write(SHOP, out);
        List<String> items = Files.readAllLines(out.resolve(DemoWriter.ITEMS));
        List<String> interactions = Files.readAllLines(out.resolve(DemoWriter.INTERACTIONS));
        DemoShop.Item second = SHOP.items().get(1);

        assertThat(items).hasSize(1 + SHOP.items().size());
        assertThat(items.get(0)).isEqualTo("item_id\ttitle\tbrand\tcategories");
        assertThat(items.get(2).split("\t"))
                .containsExactly("2", second.title(), second.brand(), String.join(" || ", second.categories()));
        assertThat(interactions).hasSize(1 + SHOP.interactions().size());
        assertThat(interactions.get(0)).isEqualTo("user_id\titem_id\tposition\ttimestamp");
        assertThat(interactions.get(2))
                .isEqualTo("1\t" + (SHOP.interactions().item(0, 1) + 1) + "\t1\t"
                        + SHOP.interactions().time(0, 1));

        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(out);
        }
    }

    /** The bytes must be the same on every machine and Java version. */
    @Test
    void writesTheRecordedBytes() throws IOException, NoSuchAlgorithmException {
        Path out = folder.resolve("shop");
        DemoWriter.write(SHOP, out);

        assertThat(hash(out.resolve(DemoWriter.ITEMS))).isEqualTo("a18e96ce6a070d1e");
        assertThat(hash(out.resolve(DemoWriter.INTERACTIONS))).isEqualTo("157b6ded54ae0e6c");
    }

    @Test
    void refusesAFolderThatIsNotEmptyAndLeavesItUnchanged() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "mine");

        assertThatThrownBy(() -> DemoWriter.write(SHOP, folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> DemoWriter.write(SHOP, folder.resolve("mine.txt")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a file");
        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(folder.resolve("mine.txt"));
        }
    }

    @Test
    void writesIntoAnEmptyFolder() throws IOException {
        DemoWriter.write(SHOP, folder);

        try (var entries = Files.list(folder)) {
            assertThat(entries).hasSize(2);
        }
    }

    private static String hash(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)))
                .substring(0, 16);
    }
}
