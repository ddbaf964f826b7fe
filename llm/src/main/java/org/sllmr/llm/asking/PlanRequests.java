// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.asking;

import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.question.QuestionKind;
import org.sllmr.llm.request.RequestOrigin;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.request.ScoreRequests;
import org.sllmr.llm.request.WindowRequests;
import org.sllmr.teacher.plan.PlanHistories;

/** The requests for a plan's scores that settings ask for. */
public final class PlanRequests {
    private PlanRequests() {}

    /**
     * The requests about a plan's users, or about a slice of them.
     *
     * @param histories the histories of the users, with their part of the plan
     * @param form the wording that the settings name
     * @param origin what the requests of the whole plan are made from
     * @param first index of the first user in the dataset
     */
    public static Requests of(
            LanguageSettings settings, PlanHistories histories, QuestionForm form, RequestOrigin origin, int first) {
        return settings.question().kind() == QuestionKind.SLIDING_WINDOW
                ? new WindowRequests(
                        histories,
                        form,
                        origin,
                        settings.passes(),
                        settings.question().stride(),
                        first)
                : new ScoreRequests(histories, form, origin, settings.passes(), first);
    }
}
