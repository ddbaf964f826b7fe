// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Checksum;

class SafetensorsTest {
    private static final Safetensors CONTENT = new Safetensors(
            Map.of("key", "ü"),
            List.of(
                    new NamedTensor("a", new int[] {2, 2}, new float[] {1, 2, 3, 4}),
                    new NamedTensor("b", new int[] {0}, new float[0]),
                    new NamedTensor("c", new int[] {3}, new float[] {5, 6, 7})));

    @TempDir
    Path folder;

    private Path file;
    private byte[] whole;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("file");
        CONTENT.write(file);
        whole = Files.readAllBytes(file);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        assertThat(Safetensors.read(file, "")).usingRecursiveComparison().isEqualTo(CONTENT);
        assertThat((whole.length - 7 * Float.BYTES) % 8)
                .as("where the values begin")
                .isZero();
    }

    @Test
    void everyChangedByteIsRefused() throws IOException {
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 16;
            assertRefused(changed, "");
            assertRefused(Arrays.copyOf(whole, at), "");
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 4), "4 bytes follow its tensors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "overlapping  | \"data_offsets\":[16,28] | \"data_offsets\":[12,24] | 'c' is not",
                "a gap        | \"data_offsets\":[16,28] | \"data_offsets\":[20,32] | 'c' is not",
                "a huge shape | \"shape\":[3]            | \"shape\":[2147483647]   | 'c' is not",
                "overflowing  | \"shape\":[2,2] | \"shape\":[2147483647,2147483647,2147483647,4] | 'a' is not",
                "negative     | \"shape\":[2,2]          | \"shape\":[-2,-2]        | 'a' is not",
                "no shape     | \"shape\":[3]            | \"shape\":3              | 'c' is not",
                "other type   | F32                      | F64                      | 'a' is not",
                "twice        | \"c\":                   | \"a\":                   | header cannot be read",
                "no tensor    | \"c\":{                  | \"c\":[{                 | header cannot be read"
            })
    void tensorsMustFillTheFile(String what, String part, String other, String message) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) buffer.getLong();
        String header = new String(whole, Long.BYTES, length, StandardCharsets.UTF_8);
        assertThat(header).as(what).contains(part);
        assertRefused(withHeader(header.replace(part, other), length), message);
    }

    @Test
    void filesOfOthersAreToldSo() throws IOException {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        ByteBuffer foreign =
                ByteBuffer.allocate(Long.BYTES + header.length() + 4).order(ByteOrder.LITTLE_ENDIAN);
        foreign.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        assertRefused(foreign.array(), "has no checksum: it is damaged, or another program or an earlier version");
        assertRefused("PK\3\4 and what else a zip file holds".getBytes(StandardCharsets.UTF_8), "no safetensors file");
        assertRefused(new byte[0], "ends early");
    }

    /** The file with another header and the checksum that belongs to it, so that nothing but the header is wrong. */
    private byte[] withHeader(String header, int before) {
        int at = header.indexOf("crc32c:");
        byte[] zeros = (header.substring(0, at) + Safetensors.NO_CHECKSUM + header.substring(at + Checksum.LENGTH))
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer changed =
                ByteBuffer.allocate(whole.length - before + zeros.length).order(ByteOrder.LITTLE_ENDIAN);
        changed.putLong(zeros.length).put(zeros);
        changed.put(whole, Long.BYTES + before, whole.length - Long.BYTES - before);
        byte[] checksum = new Checksum().add(changed.array()).text().getBytes(StandardCharsets.US_ASCII);
        changed.position(Long.BYTES + at).put(checksum);
        return changed.array();
    }

    private void assertRefused(byte[] content, String message) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(() -> Safetensors.read(file, "train again"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message)
                .hasMessageEndingWith("; train again");
    }
}
