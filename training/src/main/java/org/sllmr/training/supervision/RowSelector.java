// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherTable;

/**
 * Draws a step's guidance rows: for each user of the batch, a uniform sample of the items that the teacher scored.
 *
 * <p>Keeps buffers from step to step; not thread-safe.
 */
public final class RowSelector {
    private final InteractionLog log;
    private final TeacherTable teacher;
    private final RowSettings settings;
    private final ScoredUsers users;
    private final CandidateSample sample;
    private final int[] drawn;

    /**
     * Selects among the scores of a table.
     *
     * @param log the training interactions; the position of a user's rows is the number of its interactions
     */
    public RowSelector(InteractionLog log, TeacherTable teacher, RowSettings settings) {
        this.log = log;
        this.teacher = teacher;
        this.settings = settings;
        this.users = new ScoredUsers(log, teacher, 1);
        this.sample = new CandidateSample(teacher);
        this.drawn = new int[settings.maxRows()];
    }

    /** The rows of a step, without pairs. */
    public Supervision select(Instances samples, Seed step) {
        RandomGenerator random = step.generator();
        int scored = users.collect(samples);
        int[] rowUsers = new int[settings.maxRows()];
        int rows = 0;
        for (int index = 0; index < scored && rows < settings.maxRows(); index++) {
            int user = users.user(index);
            int most = Math.min(settings.rowsPerUser(), settings.maxRows() - rows);
            int count = sample.draw(user, most, random, drawn, rows);
            Arrays.fill(rowUsers, rows, rows + count, user);
            rows += count;
        }
        int[] items = new int[rows];
        int[] positions = new int[rows];
        float[] scores = new float[rows];
        for (int row = 0; row < rows; row++) {
            items[row] = teacher.items()[drawn[row]];
            positions[row] = log.length(rowUsers[row]);
            scores[row] = teacher.scores()[drawn[row]];
        }
        return new Supervision(new Instances(Arrays.copyOf(rowUsers, rows), items, positions), scores, Pairs.NONE);
    }
}
