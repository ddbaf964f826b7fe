// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;

class ColumnFileTest {
    private static final ColumnFile.Format FORMAT = new ColumnFile.Format("test columns", 2, "make it again");
    private static final List<ColumnFile.Type> TYPES =
            List.of(ColumnFile.Type.INTS, ColumnFile.Type.INTS, ColumnFile.Type.FLOATS, ColumnFile.Type.BYTES);

    private record Header(String name, int number) {}

    @TempDir
    Path folder;

    @Test
    void aFileReadsBackAsWritten() throws IOException {
        Path file = folder.resolve("missing/folder/file");
        int[] many = IntStream.range(0, 100_000).toArray();
        write(file, many, new int[0], new float[] {1.5f, Float.NaN}, new byte[] {7});

        ColumnFile.Contents<Header> contents = read(file);

        assertThat(contents.header()).isEqualTo(new Header("ü", 3));
        assertThat(contents.ints(0)).isEqualTo(many);
        assertThat(contents.ints(1)).isEmpty();
        assertThat(contents.floats(2)).containsExactly(1.5f, Float.NaN);
        assertThat(contents.bytes(3)).containsExactly(7);
    }

    @Test
    void everyChangedByteIsRefused() throws IOException {
        Path file = folder.resolve("file");
        write(file, new int[] {1, 2}, new int[] {3, 4}, new float[] {1}, new byte[] {1, 2, 3});
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertRefused(() -> read(file), file);
            Files.write(file, Arrays.copyOf(whole, at));
            assertRefused(() -> read(file), file);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> read(file)).hasMessageContaining("is damaged: 1 bytes follow its contents");
    }

    @Test
    void swappedColumnsAreRefused() throws IOException {
        Path file = folder.resolve("file");
        write(file, new int[] {1, 2}, new int[] {3, 4}, new float[0], new byte[0]);
        byte[] whole = Files.readAllBytes(file);
        int column = Long.BYTES + 2 * Integer.BYTES + Integer.BYTES;
        int second = whole.length - 2 * (Long.BYTES + Integer.BYTES) - column;
        byte[] swapped = whole.clone();
        System.arraycopy(whole, second, swapped, second - column, column);
        System.arraycopy(whole, second - column, swapped, second, column);
        Files.write(file, swapped);
        assertThatThrownBy(() -> read(file)).hasMessageContaining("the checksum of column 1 is wrong");
    }

    @Test
    void otherVersionsAndFormatsAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "test columns 1\n and what an earlier version wrote");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(file + ": has version 1 of 'test columns', this program reads version 2; make it again");
        Files.writeString(file, "user,item,score\n");
        assertThatThrownBy(() -> read(file))
                .hasMessage(file + ": is not a file of the format 'test columns'; make it again");
        Files.writeString(file, "");
        assertThatThrownBy(() -> read(file)).hasMessageContaining("is not a file of the format");
    }

    private static void assertRefused(ThrowableAssert.ThrowingCallable reading, Path file) {
        assertThatThrownBy(reading)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("make it again");
    }

    private static ColumnFile.Contents<Header> read(Path file) throws IOException {
        return ColumnFile.read(file, FORMAT, Header.class, TYPES);
    }

    private static void write(Path file, int[] first, int[] second, float[] third, byte[] fourth) throws IOException {
        ColumnFile.write(
                file,
                FORMAT,
                new Header("ü", 3),
                List.of(
                        new ColumnFile.Ints(first),
                        new ColumnFile.Ints(second),
                        new ColumnFile.Floats(third),
                        new ColumnFile.Bytes(fourth)));
    }
}
