// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Map;
import java.util.Optional;
import org.sllmr.data.file.Sha256;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import org.sllmr.teacher.text.TextKind;

/**
 * How a language model is asked for a text of one kind, and how its reply is read. Thread-safe.
 *
 * <p>Items stand in a prompt as in questions for scores: one JSON object on a line of its own.
 */
public final class TextForm {
    private static final String VERSION = "1";
    private static final long[] NO_TIMES = {};
    private static final String UNKNOWN = "{}";
    /** Some languages and words need several tokens for each word. */
    private static final int TOKENS_PER_WORD = 4;

    private final TextKind kind;
    private final TextSettings settings;
    private final ItemLines lines;
    private final HistoryLines history;
    private final String system;
    private final Template user;
    private final String hash;

    TextForm(TextKind kind, TextSettings settings, ItemLines lines) {
        this.kind = kind;
        this.settings = settings;
        this.lines = lines;
        this.history = new HistoryLines(lines, Recency.NONE);
        String template = kind + "-" + VERSION;
        this.system = Template.of(template + ".system").fill(Map.of("words", Integer.toString(settings.words())));
        this.user = Template.of(template + ".user");
        Sha256 all = new Sha256()
                .add(name())
                .add(system)
                .add(user.text())
                .add(settings.historyLength(), settings.words(), settings.reasoningTokens());
        lines.fields().forEach(all::add);
        this.hash = all.hex();
    }

    /** Name and version, such as {@code item-knowledge/1}. */
    public String name() {
        return kind + "/" + VERSION;
    }

    /** Hash of everything that affects the wording: templates, settings, item texts. */
    public String hash() {
        return hash;
    }

    /** Maximum number of interactions that are shown. */
    public int historyLength() {
        return settings.historyLength();
    }

    /**
     * Writes a request for a text.
     *
     * @param shown items of the user's interactions, oldest first; none if the text is about an item alone
     * @param item the item that the text is about; -1 if it is about a user alone
     * @param label for a sample, 1 if the user took the item
     */
    public Prompt prompt(int[] shown, int item, int label) {
        String about = item < 0 || !lines.isKnown(item)
                ? UNKNOWN
                : "{" + lines.fields().get(item) + "}";
        String filled = user.fill(Map.of(
                "history",
                history.of(shown, NO_TIMES),
                "item",
                about,
                "label",
                label == 1 ? "The user took the item." : "The user did not take the item."));
        return new Prompt(
                system, filled, Optional.empty(), 0, TOKENS_PER_WORD * settings.words() + settings.reasoningTokens());
    }

    /** Reads the reply: a text on one line, or what is wrong with it. */
    public Answer read(Reply reply) {
        return WrittenText.of(reply, 2 * settings.words());
    }

    /** The text of a usable reply, of any length. */
    public static Optional<String> text(Reply reply) {
        return WrittenText.of(reply, Integer.MAX_VALUE) instanceof Answer.Text answer
                ? Optional.of(answer.text())
                : Optional.empty();
    }
}
