// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import org.sllmr.llm.Prompt;

/** What all built-in forms share: a name, instructions, and the wording of histories and candidates. */
abstract class BuiltInForm implements QuestionForm {
    private static final long[] NO_TIMES = {};

    private final String name;
    private final Wording wording;
    private final Template system;
    private final String hash;

    /** A form whose instructions are the template {@code NAME-VERSION.system} for a name {@code NAME/VERSION}. */
    BuiltInForm(String name, Wording wording) {
        this(name, name.replace('/', '-'), wording);
    }

    /** A form with the instructions of another one. */
    BuiltInForm(String name, String template, Wording wording) {
        this.name = name;
        this.wording = wording;
        this.system = Template.of(template + ".system");
        this.hash = wording.hash(name, system);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String hash() {
        return hash;
    }

    @Override
    public final int historyLength() {
        return wording.settings().historyLength();
    }

    @Override
    public int maxCandidates() {
        return wording.settings().maxCandidates();
    }

    @Override
    public final Prompt prompt(int[] history, int[] candidates) {
        return prompt(history, NO_TIMES, candidates);
    }

    @Override
    public final Prompt prompt(int[] history, long[] times, int[] candidates) {
        return wording.prompt(system, history, times, candidates, reply(candidates.length));
    }

    /** The reply to request for a number of candidates. */
    abstract ReplyFormat reply(int candidates);
}
