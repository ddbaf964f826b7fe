// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.asking;

import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.openai.BatchSettings;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.question.QuestionSettings;
import org.sllmr.llm.question.TextSettings;
import org.sllmr.llm.run.AskingSettings;
import org.sllmr.llm.store.Normalization;

/**
 * Settings for asking a language model.
 *
 * @param model the model and its address
 * @param question the wording of questions for scores
 * @param texts the wording of requests for texts
 * @param passes number of times each candidate is asked about, 1 to 100, each in another order; scores are averaged
 * @param price the provider's prices
 * @param run limits, retries and the budget
 * @param batch size, polling and price of batches, if the provider is asked in batches
 * @param normalization makes scores of different users comparable
 */
public record LanguageSettings(
        OpenAiSettings model,
        QuestionSettings question,
        TextSettings texts,
        int passes,
        TokenPrice price,
        AskingSettings run,
        BatchSettings batch,
        Normalization normalization) {
    /** The choices among these settings, for files. */
    public static final Variants VARIANTS = Variants.none()
            .with(Normalization.class, "none", Normalization.None.class)
            .with(Normalization.class, "min-max", Normalization.MinMax.class)
            .with(Normalization.class, "rank", Normalization.Rank.class)
            .with(Normalization.class, "temperature", Normalization.Temperature.class);

    /** Checks the range. */
    public LanguageSettings {
        new Checks().between("passes", passes, 1, 100).done();
    }

    /**
     * Checks that a budget has the prices that it needs.
     *
     * @throws InvalidInputException if there is a budget and no price
     */
    public void checkPrice() {
        if (run.budget().isPresent() && price.equals(TokenPrice.defaults())) {
            throw new InvalidInputException(
                    "run.budget",
                    "needs the provider's prices; set price.inputPerMillion and price.outputPerMillion, in the"
                            + " budget's currency");
        }
    }

    /** One pass, scores as received. */
    public static LanguageSettings defaults() {
        return new LanguageSettings(
                OpenAiSettings.defaults(),
                QuestionSettings.defaults(),
                TextSettings.defaults(),
                1,
                TokenPrice.defaults(),
                AskingSettings.defaults(),
                BatchSettings.defaults(),
                new Normalization.None());
    }

    /** The same with another model. */
    public LanguageSettings with(OpenAiSettings other) {
        return new LanguageSettings(other, question, texts, passes, price, run, batch, normalization);
    }

    /** The same with another wording. */
    public LanguageSettings with(QuestionSettings other) {
        return new LanguageSettings(model, other, texts, passes, price, run, batch, normalization);
    }

    /** The same with another wording of texts. */
    public LanguageSettings with(TextSettings other) {
        return new LanguageSettings(model, question, other, passes, price, run, batch, normalization);
    }

    /** The same with a price and a limit for the cost of all runs of a store, in the currency of the price. */
    public LanguageSettings with(TokenPrice charged, double budget) {
        return new LanguageSettings(model, question, texts, passes, charged, run.with(budget), batch, normalization);
    }

    /** The same with other limits. */
    public LanguageSettings with(AskingSettings other) {
        return new LanguageSettings(model, question, texts, passes, price, other, batch, normalization);
    }
}
