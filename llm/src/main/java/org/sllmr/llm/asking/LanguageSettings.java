// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.asking;

import org.sllmr.configuration.Checks;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.openai.BatchSettings;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.question.QuestionSettings;
import org.sllmr.llm.run.AskingSettings;
import org.sllmr.llm.store.Normalization;

/**
 * How a language model is asked.
 *
 * @param model which one, and where
 * @param question the wording
 * @param passes how often each candidate is asked about, 1 to 100, each time in another order; the scores are averaged
 * @param price what the provider charges
 * @param run limits, retries and the budget
 * @param batch how batches are cut, watched and paid, where the provider is asked in batches
 * @param normalization how one user's scores become comparable with another's
 */
public record LanguageSettings(
        OpenAiSettings model,
        QuestionSettings question,
        int passes,
        TokenPrice price,
        AskingSettings run,
        BatchSettings batch,
        Normalization normalization) {
    /** Checks the range. */
    public LanguageSettings {
        new Checks().between("passes", passes, 1, 100).done();
    }

    /** One pass, scores as they come. */
    public static LanguageSettings defaults() {
        return new LanguageSettings(
                OpenAiSettings.defaults(),
                QuestionSettings.defaults(),
                1,
                TokenPrice.defaults(),
                AskingSettings.defaults(),
                BatchSettings.defaults(),
                new Normalization.None());
    }

    /** The same, of another model. */
    public LanguageSettings with(OpenAiSettings other) {
        return new LanguageSettings(other, question, passes, price, run, batch, normalization);
    }

    /** The same, with another wording. */
    public LanguageSettings with(QuestionSettings other) {
        return new LanguageSettings(model, other, passes, price, run, batch, normalization);
    }

    /** The same with a limit of what all runs of a store may cost, in the currency of the price. */
    public LanguageSettings with(TokenPrice charged, double budget) {
        return new LanguageSettings(model, question, passes, charged, run.with(budget), batch, normalization);
    }

    /** The same with other limits. */
    public LanguageSettings with(AskingSettings other) {
        return new LanguageSettings(model, question, passes, price, other, batch, normalization);
    }
}
