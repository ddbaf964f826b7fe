// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.List;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.binding.Formerly;
import org.sllmr.data.Catalogue;

/**
 * Settings of the questions to a language model.
 *
 * @param kind form of the questions
 * @param historyLength L, the number of a user's last interactions that are shown, 1 to 1000; 10 in the paper (Section
 *     3.1)
 * @param maxCandidates maximum number of candidates in a question, 1 to 200; always 1 for {@link QuestionKind#YES_NO}
 * @param columns the columns that are shown of an item, in this order: text columns and categorical fields; empty for
 *     all text columns, then all fields
 * @param recency how questions tell when interactions happened
 * @param maxCharacters maximum length of a text or value in characters, 10 to 10,000; longer ones are truncated and
 *     marked
 * @param rankTemperature for {@link QuestionKind#RANKED_LIST}: number of ranks over which a soft score falls to 1/e,
 *     0.01 to 1000
 * @param reasoningTokens additional tokens for reasoning before the answer, 0 to 100,000
 */
public record QuestionSettings(
        QuestionKind kind,
        int historyLength,
        @Formerly("mostCandidates") int maxCandidates,
        List<String> columns,
        Recency recency,
        @Formerly("mostCharacters") int maxCharacters,
        double rankTemperature,
        int reasoningTokens) {
    /** Copies the list and checks the ranges. */
    public QuestionSettings {
        columns = List.copyOf(columns);
        new Checks()
                .between("historyLength", historyLength, 1, 1000)
                .between("maxCandidates", maxCandidates, 1, 200)
                .between("maxCharacters", maxCharacters, 10, 10_000)
                .between("rankTemperature", rankTemperature, 0.01, 1000)
                .between("reasoningTokens", reasoningTokens, 0, 100_000)
                .done();
    }

    /** Scored items, 20 at a time, all columns, the last 10 interactions. */
    public static QuestionSettings defaults() {
        return new QuestionSettings(QuestionKind.SCORED_ITEMS, 10, 20, List.of(), Recency.NONE, 200, 5, 0);
    }

    /**
     * The form for the items of a catalogue.
     *
     * @throws org.sllmr.configuration.InvalidInputException naming every column that the catalogue does not have
     */
    public QuestionForm form(Catalogue catalogue) {
        Wording wording = Wording.of(this, catalogue);
        return switch (kind) {
            case SCORED_ITEMS -> new ScoredItems(wording);
            case RANKED_LIST -> new RankedList(wording, rankTemperature);
            case YES_NO -> new YesNo(wording);
        };
    }
}
