// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sllmr.data.Catalogue;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.file.Sha256;
import org.sllmr.llm.Prompt;

/** The wording of all built-in forms: the lines of history and candidates, and the text around them. */
final class Wording {
    private static final String NOTHING = "(nothing is known)";

    private final QuestionSettings settings;
    private final ItemLines lines;
    private final Template user;
    private final String common;

    private Wording(QuestionSettings settings, ItemLines lines) {
        this.settings = settings;
        this.lines = lines;
        this.user = Template.of("question-1.user");
        Sha256 hash = new Sha256().add(settings.toString()).add(user.text());
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
     * @param times times of the history's interactions; shorter than the history if unknown
     */
    Prompt prompt(Template system, int[] history, long[] times, int[] candidates, ReplyFormat reply) {
        String shown = user.fill(Map.of("history", history(history, times), "candidates", candidates(candidates)));
        return new Prompt(
                system.text(),
                shown,
                reply.schema(),
                reply.logProbabilities(),
                reply.maxTokens() + settings.reasoningTokens());
    }

    private String history(int[] history, long[] times) {
        List<String> shown = new ArrayList<>();
        for (int index = 0; index < history.length; index++) {
            if (lines.isKnown(history[index])) {
                shown.add("{" + when(history.length, times, index)
                        + lines.fields().get(history[index]) + "}");
            }
        }
        return shown.isEmpty() ? NOTHING : String.join("\n", shown);
    }

    private String when(int size, long[] times, int index) {
        return switch (settings.recency()) {
            case NONE -> "";
            case ORDER -> "\"interactions ago\": " + (size - index) + ", ";
            case DAYS -> days(size, times, index);
        };
    }

    private static String days(int size, long[] times, int index) {
        if (times.length != size
                || times[index] == InteractionLog.NO_TIME
                || times[size - 1] == InteractionLog.NO_TIME) {
            return "";
        }
        return "\"days before the last\": " + Math.max(0, TimeUnit.SECONDS.toDays(times[size - 1] - times[index]))
                + ", ";
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
