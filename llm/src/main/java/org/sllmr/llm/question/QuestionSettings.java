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
 * @param maxCandidates maximum number of candidates in a question, 1 to 200; always 1 for {@link QuestionKind#YES_NO},
 *     the size of the window for {@link QuestionKind#SLIDING_WINDOW}, where it is 2 or more
 * @param stride for {@link QuestionKind#SLIDING_WINDOW}: number of places by which the window moves, 1 to 199, and fewer
 *     than {@code maxCandidates}
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
        int stride,
        List<String> columns,
        Recency recency,
        @Formerly("mostCharacters") int maxCharacters,
        double rankTemperature,
        int reasoningTokens) {
    private static final int STRIDE = 10;

    /** Copies the list and checks the ranges. */
    public QuestionSettings {
        columns = List.copyOf(columns);
        Checks checks = new Checks()
                .between("historyLength", historyLength, 1, 1000)
                .between("maxCandidates", maxCandidates, 1, 200)
                .between("stride", stride, 1, 199)
                .between("maxCharacters", maxCharacters, 10, 10_000)
                .between("rankTemperature", rankTemperature, 0.01, 1000)
                .between("reasoningTokens", reasoningTokens, 0, 100_000);
        checks.require(
                kind != QuestionKind.SLIDING_WINDOW || stride < maxCandidates,
                "stride",
                "is " + stride + ", not below maxCandidates, " + maxCandidates
                        + ": no window would see what the one before put first");
        checks.done();
    }

    /** Without a window that slides. */
    public QuestionSettings(
            QuestionKind kind,
            int historyLength,
            int maxCandidates,
            List<String> columns,
            Recency recency,
            int maxCharacters,
            double rankTemperature,
            int reasoningTokens) {
        this(
                kind,
                historyLength,
                maxCandidates,
                STRIDE,
                columns,
                recency,
                maxCharacters,
                rankTemperature,
                reasoningTokens);
    }

    /**
     * Everything that affects the wording, for its hash. What came later is in it only where it matters, so that answers
     * from before are still those to the same questions.
     */
    String identity() {
        return "QuestionSettings[kind=" + kind + ", historyLength=" + historyLength + ", maxCandidates=" + maxCandidates
                + ", columns=" + columns + ", recency=" + recency + ", maxCharacters=" + maxCharacters
                + ", rankTemperature=" + rankTemperature + ", reasoningTokens=" + reasoningTokens
                + (kind == QuestionKind.SLIDING_WINDOW ? ", stride=" + stride : "") + "]";
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
            case SLIDING_WINDOW -> new WindowList(wording);
            case YES_NO -> new YesNo(wording);
        };
    }
}
