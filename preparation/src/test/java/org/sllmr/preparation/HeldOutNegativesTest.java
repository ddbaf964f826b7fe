// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.describe.HeldOutNegatives;
import org.sllmr.data.describe.Statistics;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;

/** Compares the expected number of held-out negatives with one over the items that each user has not in training. */
class HeldOutNegativesTest {
    private static final int ITEMS = 9;

    @TempDir
    Path folder;

    @RepeatedTest(3)
    void expectedCountIsThatOfItsDefinition() throws IOException {
        long seed = Long.getLong("sllmr.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> users = new ArrayList<>();
        StringBuilder log = new StringBuilder("user\titem\ttime\n");
        for (int user = 0; user < 6; user++) {
            // Items may repeat, even as held-out ones.
            int[] items = random.ints(3 + random.nextInt(4), 0, ITEMS).toArray();
            users.add(items);
            for (int time = 0; time < items.length; time++) {
                log.append("u" + user + "\ti" + items[time] + "\t" + time + "\n");
            }
        }
        for (int item = 0; item < ITEMS; item++) {
            log.append("all" + item % 3 + "\ti" + item + "\t" + item + "\n");
        }
        for (int own = 0; own < 3; own++) {
            users.add(new int[] {own, own + 3, own + 6});
        }
        Files.writeString(folder.resolve("log.tsv"), log);
        HeldOutNegatives found = Statistics.of(Preparation.run(
                        PreparationSettings.of(
                                "small",
                                new SourceSettings(
                                        InteractionSource.of(
                                                TableFile.of(folder.resolve("log.tsv")), "user", "item", "time"),
                                        Optional.empty(),
                                        Optional.empty())),
                        folder.resolve("data"),
                        false,
                        ProgressListener.NONE))
                .heldOutNegatives();

        double heldOut = 0;
        long negatives = 0;
        for (int[] items : users) {
            int end = items.length - 2;
            Set<Integer> training = new HashSet<>();
            for (int at = 0; at < end; at++) {
                training.add(items[at]);
            }
            // A negative is any of the others with the same chance.
            Set<Integer> targets = new HashSet<>(Arrays.asList(items[end], items[end + 1]));
            targets.removeAll(training);
            int positives = Math.max(0, end - 1);
            negatives += positives;
            heldOut += (double) positives * targets.size() / (ITEMS - training.size());
        }
        assertThat(found.negatives()).as("seed " + seed).isEqualTo(negatives);
        assertThat(found.expected()).as("seed " + seed).isCloseTo(heldOut, within(1e-9));
        assertThat((double) found.atMost()).as("seed " + seed).isGreaterThanOrEqualTo(found.expected());
    }
}
