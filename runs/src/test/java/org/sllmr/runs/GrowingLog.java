// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.Dataset;
import org.sllmr.preparation.PartKind;
import org.sllmr.preparation.PartSettings;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.SplitSettings;
import org.sllmr.preparation.UnknownItems;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.LabelSettings;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;

/**
 * A log of random interactions at times 1 to 1,000, with users and items that come later: any span of it can be prepared.
 *
 * @param folder where files go
 * @param seed of the log
 */
record GrowingLog(Path folder, long seed) {
    private static final int USERS = 60;
    private static final int ITEMS = 48;

    /** A dataset of the interactions of a span, split by time. */
    Path prepare(String name, int from, int to, int validationFrom, int testFrom, boolean labelled) throws IOException {
        return prepare(
                name,
                from,
                to,
                labelled,
                SplitSettings.defaults()
                        .withParts(PartSettings.at(Integer.toString(validationFrom), Integer.toString(testFrom))),
                List.of("brand"));
    }

    /** A dataset of the interactions of a span, with leave-one-out. */
    Path prepareLeaveOneOut(String name, int from, int to) throws IOException {
        return prepare(
                name,
                from,
                to,
                false,
                SplitSettings.defaults()
                        .withDropShortUsers(true)
                        .withParts(PartSettings.defaults().withBy(PartKind.LEAVE_ONE_OUT)),
                List.of("brand"));
    }

    Path prepare(String name, int from, int to, boolean labelled, SplitSettings split, List<String> fields)
            throws IOException {
        Random random = new Random(seed);
        StringBuilder log = new StringBuilder("user,item,time,click\n");
        StringBuilder items = new StringBuilder("item,brand,price\n");
        for (int user = 0; user < USERS; user++) {
            int start = 1 + user * 9;
            int rows = 20 + random.nextInt(20);
            int[] times = random.ints(rows, start, 1000).sorted().toArray();
            for (int time : times) {
                int item = random.nextInt(ITEMS / 2 + ITEMS / 2 * time / 1000);
                int click = random.nextInt(3) == 0 || item % 5 == user % 5 ? 1 : 0;
                if (time >= from && time < to) {
                    log.append("u%d,i%d,%d,%d%n".formatted(user, item, time, click));
                }
            }
        }
        // Another order of the items in each file.
        for (int at = 0; at < ITEMS; at++) {
            int item = (at * 5 + from + to) % ITEMS;
            items.append("i%d,b%d,%d.5%n".formatted(item, item % 7, item * item % 31));
        }
        Path logFile = Files.writeString(folder.resolve(name + ".csv"), log.toString());
        Path itemFile = Files.writeString(folder.resolve(name + "-items.csv"), items.toString());
        InteractionSource source = InteractionSource.of(TableFile.of(logFile), "user", "item", "time");
        if (labelled) {
            source = source.withLabels(new LabelSettings(Optional.of("click"), Optional.empty(), Optional.empty()));
        }
        Path out = folder.resolve(name);
        Dataset made = Preparation.run(
                new PreparationSettings(
                        name,
                        new SourceSettings(
                                source,
                                Optional.of(new ItemSource(
                                        TableFile.of(itemFile),
                                        "item",
                                        fields.stream().map(FieldSettings::of).toList(),
                                        List.of(),
                                        List.of("price"),
                                        List.of(),
                                        List.of())),
                                Optional.empty()),
                        split.withUnknownItems(UnknownItems.FAIL)),
                out,
                false,
                ProgressListener.NONE);
        if (made.trainingData().training().size() == 0) {
            throw new IllegalStateException(name + " has no training rows");
        }
        return out;
    }
}
