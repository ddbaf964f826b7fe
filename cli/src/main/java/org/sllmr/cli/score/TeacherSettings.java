// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import org.sllmr.teacher.embedding.EmbeddingTeacherSettings;
import org.sllmr.teacher.plan.PlanSettings;

/**
 * What a teacher is asked, and how it answers.
 *
 * @param plan which items it is asked about for whom
 * @param teacher the teacher; it also decides which items are nearest to a history when a plan is made
 */
public record TeacherSettings(PlanSettings plan, EmbeddingTeacherSettings teacher) {
    /** The default plan and teacher. */
    public static TeacherSettings defaults() {
        return new TeacherSettings(PlanSettings.defaults(), EmbeddingTeacherSettings.defaults());
    }
}
