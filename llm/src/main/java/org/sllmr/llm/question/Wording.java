// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sllmr.data.Catalogue;
import org.sllmr.data.file.Sha256;
import org.sllmr.llm.Prompt;

/** The wording of all built-in forms: the lines of history and candidates, and the text around them. */
final class Wording {
    private final QuestionSettings settings;
    private final ItemLines lines;
    private final HistoryLines history;
    private final Template user;
    private final String common;

    private Wording(QuestionSettings settings, ItemLines lines) {
        this.settings = settings;
        this.lines = lines;
        this.history = new HistoryLines(lines, settings.recency());
        this.user = Template.of("question-1.user");
        Sha256 hash = new Sha256().add(settings.identity()).add(user.text());
        lines.fields().forEach(hash::add);
        this.common = hash.hex();
    }

    static Wording of(QuestionSettings settings, Catalogue catalogue) {
        return new Wording(settings, ItemLines.of(catalogue, settings.columns(), settings.maxCharacters()));
    }

    QuestionSettings settings() {
        return settings;
    }

    /** Hash of everything that affects a form's prompts. */
    String hash(String name, Template system) {
        return new Sha256().add(common).add(name).add(system.text()).hex();
    }

    /**
     * A prompt.
     *
     * @param shownItems the history, oldest first
     * @param times times of the history's interactions; shorter than the history if unknown
     */
    Prompt prompt(Template system, int[] shownItems, long[] times, int[] candidates, ReplyFormat reply) {
        String shown =
                user.fill(Map.of("history", history.of(shownItems, times), "candidates", candidates(candidates)));
        return new Prompt(
                system.text(),
                shown,
                reply.schema(),
                reply.logProbabilities(),
                reply.maxTokens() + settings.reasoningTokens());
    }

    private String candidates(int[] candidates) {
        List<String> shown = new ArrayList<>();
        for (int index = 0; index < candidates.length; index++) {
            String known = lines.fields().get(candidates[index]);
            shown.add("{\"item\": " + (index + 1) + (known.isEmpty() ? "" : ", " + known) + "}");
        }
        return String.join("\n", shown);
    }
}
