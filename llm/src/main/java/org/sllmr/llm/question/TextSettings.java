// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.List;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Catalogue;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextPlan;

/**
 * Settings of the texts that a language model writes.
 *
 * @param words about how many words a text shall have, 10 to 2,000; one with more than twice as many is refused
 * @param historyLength number of a user's last interactions that are shown, 1 to 1,000, among those that the text may be
 *     made from
 * @param userShare share of a user's training interactions, from the first, that knowledge of the user is made from, above
 *     0 to 1; only rows after them read it
 * @param pool share of the training samples that chains of thought explain, above 0 to 1; a tenth in LLM-CF
 * @param columns the columns that are shown of an item, as {@link QuestionSettings#columns()}
 * @param maxCharacters maximum length of a text or value of an item in characters, 10 to 10,000
 * @param reasoningTokens additional tokens for reasoning before the text, 0 to 100,000
 */
public record TextSettings(
        int words,
        int historyLength,
        double userShare,
        double pool,
        List<String> columns,
        int maxCharacters,
        int reasoningTokens) {
    /** Copies the list and checks the ranges. */
    public TextSettings {
        columns = List.copyOf(columns);
        new Checks()
                .between("words", words, 10, 2000)
                .between("historyLength", historyLength, 1, 1000)
                .aboveUpTo("userShare", userShare, 0, 1)
                .aboveUpTo("pool", pool, 0, 1)
                .between("maxCharacters", maxCharacters, 10, 10_000)
                .between("reasoningTokens", reasoningTokens, 0, 100_000)
                .done();
    }

    /** About 100 words, the last 20 interactions of the first half, a tenth of the samples, all columns. */
    public static TextSettings defaults() {
        return new TextSettings(100, 20, 0.5, 0.1, List.of(), 200, 0);
    }

    /** The texts to ask for. */
    public TextPlan plan(TextKind kind, TrainingData data, long seed) {
        return switch (kind) {
            case ITEM_KNOWLEDGE -> TextPlan.ofItems(data, seed);
            case USER_KNOWLEDGE -> TextPlan.ofUsers(data, userShare, seed);
            case CHAIN_OF_THOUGHT -> TextPlan.ofSamples(data, pool, seed);
        };
    }

    /**
     * The wording of a kind for the items of a catalogue.
     *
     * @throws org.sllmr.configuration.InvalidInputException naming every column that the catalogue does not have
     */
    public TextForm form(TextKind kind, Catalogue catalogue) {
        return new TextForm(kind, this, ItemLines.of(catalogue, columns, maxCharacters));
    }
}
