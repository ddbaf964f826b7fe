// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.List;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.binding.Formerly;
import org.sllmr.data.Catalogue;

/**
 * How a language model is asked.
 *
 * @param kind what it is asked for
 * @param historyLength L, how many of a user's last interactions are shown, 1 to 1000; the paper's 10 (Section 3.1)
 * @param maxCandidates most candidates of one question, 1 to 200; {@link QuestionKind#YES_NO} always asks about one
 * @param columns what is shown of an item: names of text columns and categorical fields, in this order; empty for all
 *     text columns, then all fields
 * @param recency what is said about when interactions were
 * @param maxCharacters longest text or value that is shown whole, 10 to 10,000 characters; what is longer is cut and marked
 * @param rankTemperature for {@link QuestionKind#RANKED_LIST}: by how many ranks a soft score falls to 1/e, 0.01 to 1000
 * @param reasoningTokens further tokens that the model may spend before its answer, 0 to 100,000; models that reason need
 *     them
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
     * The form that asks so about the items of a catalogue.
     *
     * @throws org.sllmr.configuration.InvalidInputException naming every column that the catalogue lacks
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
