// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import java.util.Optional;
import java.util.stream.IntStream;
import org.sllmr.data.SampleLists;
import org.sllmr.data.Samples;
import org.sllmr.data.numeric.Mean;
import org.sllmr.teacher.audit.TeacherAudit;

/**
 * Labelled samples with the scores of teacher and runs; the arrays are shared, not copied.
 *
 * @param samples the rows
 * @param teacher the teacher's score of each row, NaN without a score: {@code [rows]}
 * @param run logit of each row under the guided run: {@code [rows]}
 * @param without logit of each row under the run to compare with; empty if there is none
 */
record ScoredSamples(Samples samples, float[] teacher, float[] run, Optional<float[]> without) {
    /** Checks that every row has an entry. */
    public ScoredSamples {
        int size = samples.size();
        if (teacher.length != size
                || run.length != size
                || without.map(scores -> scores.length != size).orElse(false)) {
            throw new IllegalArgumentException(teacher.length + " scores of the teacher and " + run.length
                    + " of the run for " + size + " samples");
        }
    }

    /** Which rows belong to groups that the teacher scored completely: on these it is evaluated. */
    boolean[] judged() {
        return TeacherAudit.completeGroups(teacher, samples);
    }

    /**
     * The teacher's certainty of a group: the mean absolute difference between the scores of its positive and its
     * negatives; NaN if it did not score the whole group.
     */
    double certainty(int group) {
        SampleLists lists = samples.lists();
        int positive = lists.head(group);
        return positive < 0
                ? Double.NaN
                : Mean.of(IntStream.range(lists.from(group), lists.to(group))
                        .filter(row -> samples.label(row) == 0)
                        .mapToDouble(row -> Math.abs(teacher[positive] - teacher[row]))
                        .toArray());
    }

    /** Number of users of some rows. */
    int users(int[] rows) {
        int[] users = samples.instances().users();
        return (int) IntStream.of(rows).map(row -> users[row]).distinct().count();
    }
}
