// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.demo.DemoGenerator;
import org.sllmr.preparation.demo.DemoSettings;
import org.sllmr.preparation.demo.DemoWriter;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;

/**
 * A demo shop on disk, with a teacher of made-up scores.
 *
 * @param dataset the dataset folder
 * @param teacher the teacher's scores
 */
public record SmallShop(Path dataset, Path teacher) {
    /** Makes a shop of 120 users in a folder. */
    public static SmallShop in(Path folder) throws IOException {
        return in(folder, 120);
    }

    /** Makes a shop of 240 items in a folder. */
    public static SmallShop in(Path folder, int customers) throws IOException {
        Path shop = folder.resolve("shop");
        DemoWriter.write(DemoGenerator.generate(DemoSettings.DEFAULT.withSize(customers, 240)), shop);
        SourceSettings sources = SourceSettings.of(
                InteractionSource.of(
                                TableFile.of(shop.resolve(DemoWriter.INTERACTIONS)), "user_id", "item_id", "timestamp")
                        .withPosition("position"),
                new ItemSource(
                        TableFile.of(shop.resolve(DemoWriter.ITEMS)),
                        "item_id",
                        List.of(FieldSettings.of("brand")),
                        List.of("title")));
        Path dataset = folder.resolve("dataset");
        Dataset made = Preparation.run(PreparationSettings.of("small", sources), dataset, false, ProgressListener.NONE);
        TrainingData data = made.trainingData();
        int users = data.log().users();
        int[] offsets = new int[users + 1];
        int[] items = new int[users * 4];
        float[] scores = new float[users * 4];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = offsets[user] + 4;
            for (int index = 0; index < 4; index++) {
                items[user * 4 + index] = 50 * index + user % 50;
                scores[user * 4 + index] = (user * 7 + index * 3) % 10 / 10f;
            }
        }
        Path teacher = folder.resolve("teacher.scores");
        TeacherTable table = new TeacherTable(offsets, items, scores);
        new TeacherTableFile(provenance(data, scores.length), table).write(teacher);
        return new SmallShop(dataset, teacher);
    }

    /** Writes made-up scores with every third user held out: scores of its last training item and 20 others. */
    public Path teacherHoldingOut(Path file) throws IOException {
        TrainingData data = Dataset.open(dataset).trainingData();
        int[] offsets = new int[data.log().users() + 1];
        boolean[] heldOut = new boolean[data.log().users()];
        IntStream.Builder items = IntStream.builder();
        for (int user = 0; user < data.log().users(); user++) {
            Set<Integer> taken = new HashSet<>();
            int last = data.log().length(user) - 1;
            for (int position = 0; position <= last; position++) {
                taken.add(data.log().item(user, position));
            }
            Set<Integer> asked = new TreeSet<>();
            for (int item = user % 7; asked.size() < 20; item += 5) {
                if (!taken.contains(item % data.catalogue().size())) {
                    asked.add(item % data.catalogue().size());
                }
            }
            heldOut[user] = user % 3 == 0 && isNew(data.log(), user);
            if (heldOut[user]) {
                asked.add(data.log().item(user, last));
            }
            asked.forEach(items::add);
            offsets[user + 1] = offsets[user] + asked.size();
        }
        int[] all = items.build().toArray();
        float[] scores = new float[all.length];
        for (int index = 0; index < scores.length; index++) {
            scores[index] = all[index] * 7 % 10 / 10f;
        }
        new TeacherTableFile(provenance(data, scores.length), new TeacherTable(offsets, all, scores, heldOut))
                .write(file);
        return file;
    }

    private static boolean isNew(InteractionLog log, int user) {
        int last = log.length(user) - 1;
        for (int position = 0; position < last; position++) {
            if (log.item(user, position) == log.item(user, last)) {
                return false;
            }
        }
        return true;
    }

    private static ScoreProvenance provenance(TrainingData data, int scored) {
        return new ScoreProvenance(
                "made up",
                "none",
                Map.of(),
                data.name(),
                data.hash(),
                1,
                Map.of("all", scored),
                Map.of("all", scored),
                scored,
                scored,
                data.log().users(),
                200);
    }
}
