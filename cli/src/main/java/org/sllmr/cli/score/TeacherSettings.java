// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import org.sllmr.configuration.binding.Variants;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.training.tuned.TunedTeacherSettings;

/**
 * The settings of plans and teachers.
 *
 * @param plan which candidates the teacher is asked about
 * @param teacher the embedding teacher; a plan also uses it for the items nearest to a history
 * @param tuned the teacher that is trained, if it is used
 * @param language how a language model is asked, if one is used
 */
record TeacherSettings(
        PlanSettings plan, EmbeddingTeacherSettings teacher, TunedTeacherSettings tuned, LanguageSettings language) {
    static final Variants VARIANTS = LanguageSettings.VARIANTS;

    /** The default plan and teachers. */
    public static TeacherSettings defaults() {
        return new TeacherSettings(
                PlanSettings.defaults(),
                EmbeddingTeacherSettings.defaults(),
                TunedTeacherSettings.defaults(),
                LanguageSettings.defaults());
    }
}
