// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.scoring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.sllmr.data.Instances;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.Teacher;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;

/** A teacher's scores of training samples as a table. */
public final class SampleScoring {
    private static final String SOURCE = "TRAINING_SAMPLES";

    private SampleScoring() {}

    /**
     * The table. A user and an item that are together in several samples have the score of the first one, whose history
     * is the shortest.
     *
     * @param scores of the training samples, each given for the history before its position; {@link Teacher#NO_SCORE} for
     *     none
     * @param settings of how they were made, besides the teacher's own
     */
    public static TeacherTableFile of(
            Teacher teacher, TrainingData data, float[] scores, Map<String, String> settings) {
        Instances rows = data.training().instances();
        int[] order = IntStream.range(0, rows.size())
                .filter(row -> !Float.isNaN(scores[row]))
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(row -> rows.users()[row])
                        .thenComparingInt(row -> rows.items()[row])
                        .thenComparingInt(row -> rows.positions()[row])
                        .thenComparingInt(row -> row))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] offsets = new int[data.log().users() + 1];
        int[] items = new int[order.length];
        float[] kept = new float[order.length];
        int count = 0;
        for (int i = 0; i < order.length; i++) {
            int row = order[i];
            if (i > 0
                    && rows.users()[order[i - 1]] == rows.users()[row]
                    && rows.items()[order[i - 1]] == rows.items()[row]) {
                continue;
            }
            items[count] = rows.items()[row];
            kept[count++] = scores[row];
            offsets[rows.users()[row] + 1]++;
        }
        for (int user = 0; user + 1 < offsets.length; user++) {
            offsets[user + 1] += offsets[user];
        }
        TeacherTable table = new TeacherTable(offsets, Arrays.copyOf(items, count), Arrays.copyOf(kept, count));
        Map<String, String> all = new LinkedHashMap<>(teacher.settings());
        all.putAll(settings);
        int usersScored = (int) IntStream.range(0, table.users())
                .filter(user -> table.to(user) > table.from(user))
                .count();
        return new TeacherTableFile(
                new ScoreProvenance(
                        teacher.name(),
                        teacher.model(),
                        all,
                        data.name(),
                        data.hash(),
                        0,
                        Map.of(SOURCE, rows.size()),
                        Map.of(SOURCE, order.length),
                        rows.size(),
                        order.length,
                        usersScored,
                        (int) Arrays.stream(table.items()).distinct().count()),
                table);
    }
}
