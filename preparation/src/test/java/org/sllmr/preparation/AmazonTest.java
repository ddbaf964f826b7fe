// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.describe.Statistics;
import org.sllmr.data.store.Dataset;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;

/** Compares the counts of the three Amazon datasets with the published ones, if the data is available. */
class AmazonTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "Beauty, 22363, 12101, 198502, 262826, 44726, 119854, 2420, 21.75, 37",
        "Sports, 35598, 18357, 296337, 379086, 71196, 190756, 3671, 20.67, 36",
        "Toys, 19412, 11924, 167597, 218722, 38824, 103314, 2384, 18.37, 33",
    })
    void countsEqualThePublishedOnes(
            String name,
            int users,
            int items,
            int interactions,
            int training,
            int heldOut,
            int cold,
            int longTail,
            double heldOutNegatives,
            int heldOutNegativesAtMost) {
        Path data = Path.of(System.getProperty("sllmr.shared", "/nowhere"), "data", "amazon2014", name);
        assumeTrue(Files.isDirectory(data), () -> "the Amazon data are not at " + data);

        Path out = folder.resolve(name);
        Preparation.run(PreparationSettings.of(name, sources(data)), out, false, ProgressListener.NONE);
        Dataset dataset = Dataset.open(out);
        Statistics statistics = Statistics.of(dataset);

        assertThat(statistics.users()).isEqualTo(users);
        assertThat(statistics.items()).isEqualTo(items);
        assertThat(statistics.interactions()).isEqualTo(interactions);
        assertThat(statistics.trainingSamples()).isEqualTo(training);
        assertThat(statistics.validationSamples()).isEqualTo(heldOut);
        assertThat(statistics.testSamples()).isEqualTo(heldOut);
        assertThat(statistics.coldTrainingSamples()).isEqualTo(cold);
        assertThat(statistics.longTailItems()).isEqualTo(longTail);
        // Items are rare in training because their interactions were held out.
        assertThat(statistics.tailShares().test())
                .isGreaterThan(3 * statistics.tailShares().training());
        assertThat(statistics.tailShares().testByAll())
                .isCloseTo(statistics.tailShares().trainingByAll(), within(0.01));
        assertThat(statistics.heldOutNegatives().negatives()).isEqualTo(training / 2);
        assertThat(statistics.heldOutNegatives().expected()).isCloseTo(heldOutNegatives, within(0.005));
        assertThat(statistics.heldOutNegatives().atMost()).isEqualTo(heldOutNegativesAtMost);
        Dataset.verify(out);
    }

    private static SourceSettings sources(Path data) {
        return SourceSettings.of(
                InteractionSource.of(TableFile.of(data.resolve("interactions.tsv")), "user_id", "item_id", "timestamp")
                        .withPosition("position"),
                new ItemSource(
                        TableFile.of(data.resolve("items.tsv")),
                        "item_id",
                        List.of(FieldSettings.of("brand"), FieldSettings.split("categories", " > | \\|\\| ")),
                        List.of("title", "categories")));
    }
}
