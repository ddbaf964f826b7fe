// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.data.Catalogue;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.asking.PlanRequests;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.request.ScoreRequests;
import org.sllmr.spark.sent.SentPlan;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;

/** How all questions of a plan are asked, as it is sent by broadcast. What a task opens of it, its process shares. */
final class SentQuestions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String settings;
    private final String dataset;
    private final String datasetHash;
    private final long seed;
    private final String planHash;
    private final SentCatalogue catalogue;
    private transient volatile @Nullable QuestionForm form;

    /**
     * The questions of a plan.
     *
     * @throws org.sllmr.configuration.InvalidInputException naming every column that the catalogue does not have
     */
    SentQuestions(LanguageSettings settings, CandidatePlan plan, Catalogue items) {
        this.settings = SettingsWriter.of(LanguageSettings.VARIANTS).write(settings);
        this.dataset = plan.origin().dataset();
        this.datasetHash = plan.origin().datasetHash();
        this.seed = plan.origin().seed();
        this.planHash = plan.hash();
        this.catalogue =
                new SentCatalogue(items, items.columns(settings.question().columns(), "columns"));
    }

    LanguageSettings settings() {
        return SettingsReader.of(LanguageSettings.class, LanguageSettings.VARIANTS)
                .text("language", settings)
                .read();
    }

    /** The requests about users. */
    Requests requests(SentPart users, LanguageModel model) {
        // No question depends on what else the plan was made with.
        CandidatePlan.Origin origin = new CandidatePlan.Origin(dataset, datasetHash, seed, PlanSettings.defaults());
        SentPlan plan = users.plan();
        QuestionForm wording = form();
        return PlanRequests.of(
                settings(),
                plan.open(origin).histories(users.log().open()),
                wording,
                ScoreRequests.origin(origin, planHash, wording, model),
                plan.first());
    }

    private QuestionForm form() {
        QuestionForm known = form;
        if (known == null) {
            synchronized (this) {
                known = form;
                if (known == null) {
                    known = settings().question().form(catalogue.open());
                    form = known;
                }
            }
        }
        return known;
    }
}
