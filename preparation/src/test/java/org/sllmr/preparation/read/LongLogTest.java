// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;

/** A log with more rows than one batch between the reading threads. */
class LongLogTest {
    private static final int ROWS = 100_003;

    @TempDir
    Path folder;

    @Test
    void rowsKeepTheirOrder() throws IOException {
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("user,item,time,place"));
        for (int row = 0; row < ROWS; row++) {
            lines.add("u" + random.nextInt(9_000) + ",i" + random.nextInt(700) + "," + row + ",p" + row % 7);
        }
        RawData data = read(lines, ProgressListener.NONE);
        RawLog log = data.log();
        assertThat(log.size()).isEqualTo(ROWS);
        for (int row = 0; row < ROWS; row++) {
            String found =
                    log.userIds().value(log.users()[row]) + "," + log.itemIds().value(log.items()[row]) + ","
                            + log.times()[row] + ","
                            + log.contextFields()
                                    .get(0)
                                    .vocabulary()
                                    .value(log.contextFields().get(0).values()[row]);
            assertThat(found).as("seed %s, row %s", seed, row).isEqualTo(lines.get(row + 1));
        }
        assertThat(log.userIds().value(0)).isEqualTo(lines.get(1).split(",")[0]);
        assertThat(data.sources()).hasSize(1);
        assertThat(data.sources().get(0).size()).isEqualTo(Files.size(folder.resolve("log.csv")));
    }

    @Test
    void anErrorFarDownIsReported() throws IOException {
        List<String> lines = new ArrayList<>(List.of("user,item,time,place"));
        for (int row = 0; row < ROWS; row++) {
            lines.add("u,i," + (row == ROWS - 2 ? "soon" : "7") + ",p");
        }
        assertThatThrownBy(() -> read(lines, ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("log.csv:" + ROWS + ": time 'soon'");
    }

    @Test
    void anInterruptStopsReading() throws IOException {
        List<String> lines = new ArrayList<>(List.of("user,item,time,place"));
        for (int row = 0; row < ROWS; row++) {
            lines.add("u,i,7,p");
        }
        try {
            assertThatThrownBy(() -> read(
                            lines,
                            (stage, done, total) -> Thread.currentThread().interrupt()))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private RawData read(List<String> lines, ProgressListener listener) throws IOException {
        Path file = folder.resolve("log.csv");
        Files.write(file, lines);
        InteractionSource source =
                InteractionSource.of(TableFile.of(file), "user", "item", "time").withFields(FieldSettings.of("place"));
        return RawDataReader.read(new SourceSettings(source, Optional.empty(), Optional.empty()), listener);
    }
}
