// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import tools.jackson.databind.json.JsonMapper;

class SealedTextTest {
    @TempDir
    Path folder;

    @Test
    void sealedTextsAreStillValidJsonAndYaml() {
        String json = SealedText.JSON.seal("{\n  \"a\" : \"ü\"\n}\n");
        assertThat(JsonMapper.shared().readTree(json).path("a").asString()).isEqualTo("ü");
        assertThat(json).matches("(?s)\\{\n  \"a\" : \"ü\",\n  \"checksum\" : \"crc32c:[0-9a-f]{8}\"\n}\n");
        assertThat(SealedText.YAML.seal("a: 1")).matches("a: 1\n# checksum crc32c:[0-9a-f]{8}\n");
        // The checksum of RFC 3720, appendix B.4: 32 bytes of zeros.
        assertThat(new Checksum().add(new byte[32]).text()).isEqualTo("crc32c:8a9136aa");
    }

    @Test
    void aTextReadsBackAsWritten() throws IOException {
        Path file = folder.resolve("file");
        SealedText.JSON.write(file, "{\"a\":1}");
        assertThat(SealedText.JSON.read(file, "go")).isEqualTo("{\"a\":1\n}\n");
        SealedText.YAML.write(file, "a: 1\nb: ü\n");
        assertThat(SealedText.YAML.read(file, "go")).isEqualTo("a: 1\nb: ü\n");
    }

    @Test
    void everyChangedByteIsRefused() throws IOException {
        Path file = folder.resolve("file");
        for (SealedText form : SealedText.values()) {
            byte[] whole = form.seal("{\"a\" : [1, 2, 3]}").getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < whole.length; at++) {
                byte[] changed = whole.clone();
                changed[at] ^= 4;
                Files.write(file, changed);
                assertRefused(form, file);
                Files.write(file, Arrays.copyOf(whole, at));
                assertRefused(form, file);
            }
            Files.write(file, Arrays.copyOf(whole, whole.length + 1));
            assertRefused(form, file);
        }
    }

    @Test
    void aListWithANameThatNoFileHasIsRefusedByItsName() throws IOException {
        Path file = folder.resolve(FolderChecksums.NAME);
        for (String name : List.of("a\0b", "a\tb", "größe", "a/b", "a\\b", " ", "")) {
            Files.writeString(file, "0".repeat(64) + "  " + name + "\n");
            assertThatThrownBy(() -> FolderChecksums.read(folder, "go"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(file + ": is damaged; go");
        }
        assertThatThrownBy(() -> InputFile.path("run.json", "a\0b"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("run.json: 'a\0b' is not a path here");
    }

    @Test
    void changedMissingAndUnlistedFilesAreRefused() throws IOException {
        Files.writeString(folder.resolve("a"), "first");
        Files.writeString(folder.resolve("b"), "second");
        FolderChecksums.write(folder, List.of("a", "b"));
        FolderChecksums list = FolderChecksums.read(folder, "go");
        assertThat(list.text("a")).isEqualTo("first");
        assertThat(list.lists("c")).isFalse();

        Files.writeString(folder.resolve("b"), "Second");
        assertThatThrownBy(() -> list.text("b"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(folder.resolve("b").toString())
                .hasMessageContaining("one of the two is damaged or was changed")
                .hasMessageContaining("; go");
        Files.delete(folder.resolve("a"));
        assertThatThrownBy(() -> list.text("a")).hasMessageContaining("no such file");
        assertThatThrownBy(() -> list.text("c"))
                .hasMessageContaining("is not listed in " + folder.resolve("checksums.sha256"));
        Files.delete(folder.resolve(FolderChecksums.NAME));
        assertThatThrownBy(() -> FolderChecksums.read(folder, "go"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is missing");
    }

    private static void assertRefused(SealedText form, Path file) {
        assertThatThrownBy(() -> form.read(file, "write it again"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("has no valid checksum")
                .hasMessageContaining("write it again");
    }
}
