// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.scoring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.Teacher;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;

/** A teacher's scores of training samples as a table. */
public final class SampleScoring {
    private static final String SOURCE = "TRAINING_SAMPLES";

    private SampleScoring() {}

    /**
     * Scores rows of (user, item, position), such as validation samples, each with the history before its position.
     *
     * @param log the interactions that contain the histories
     * @return a score per row, or {@link Teacher#NO_SCORE}
     */
    public static float[] scores(Teacher teacher, Instances rows, InteractionLog log, Blocks blocks)
            throws InterruptedException {
        float[] scores = new float[rows.size()];
        blocks.run(rows.size(), 1024, (from, to) -> {
            int[] history = new int[teacher.historyLength()];
            int last = from;
            for (int first = from; first < to; first = last) {
                int user = rows.users()[first];
                int end = rows.positions()[first];
                // Rows of one user and position share a history.
                while (last < to && rows.users()[last] == user && rows.positions()[last] == end) {
                    last++;
                }
                int start = Math.max(0, end - history.length);
                log.copyItems(user, start, end, history, 0);
                teacher.score(history, end - start, rows.items(), first, last, scores);
            }
        });
        return scores;
    }

    /**
     * The table. A user and an item that are together in several samples have the score of the first one, whose history
     * is the shortest.
     *
     * @param teacher name of the teacher
     * @param model identifies what it scored with
     * @param settings of the teacher, and of how the scores were made
     * @param scores of the training samples, each given for the history before its position; {@link Teacher#NO_SCORE} for
     *     none
     */
    public static TeacherTableFile of(
            String teacher, String model, Map<String, String> settings, TrainingData data, float[] scores) {
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
        int usersScored = (int) IntStream.range(0, table.users())
                .filter(user -> table.to(user) > table.from(user))
                .count();
        return new TeacherTableFile(
                new ScoreProvenance(
                        teacher,
                        model,
                        settings,
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
