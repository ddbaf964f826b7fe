// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.sllmr.data.Seed;
import org.sllmr.data.file.Sha256;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import org.sllmr.llm.question.Answer;
import org.sllmr.llm.question.TextForm;
import org.sllmr.teacher.text.TextHistories;
import org.sllmr.teacher.text.TextPlan;
import org.sllmr.teacher.text.TextSubjects;

/**
 * The requests for the texts of a plan, one a subject, created on demand.
 *
 * <p>The subjects are asked about in a random order. So if the budget ends early, those with texts are a random sample.
 *
 * <p>Thread-safe.
 */
public final class TextRequests implements Requests {
    private final TextHistories histories;
    private final TextPlan plan;
    private final TextForm form;
    private final RequestOrigin origin;
    private final String originHash;
    private final int[] order;

    /**
     * The requests of a plan to a model.
     *
     * @param histories what the texts may be made from
     * @param form the wording, for the plan's kind
     */
    public TextRequests(TextHistories histories, TextForm form, LanguageModel model) {
        this.histories = histories;
        this.plan = histories.plan();
        this.form = form;
        this.origin = RequestOrigin.of(
                plan.origin().dataset(), plan.origin().datasetHash(), plan.hash(), form.name(), form.hash(), 1, model);
        this.originHash = origin.hash();
        this.order = IntStream.range(0, plan.size()).toArray();
        CandidateOrder.shuffle(
                order,
                new Seed(plan.origin().seed()).child("requests").child("texts").generator());
    }

    @Override
    public RequestOrigin origin() {
        return origin;
    }

    @Override
    public long seed() {
        return plan.origin().seed();
    }

    @Override
    public int passes() {
        return 1;
    }

    @Override
    public int size() {
        return order.length;
    }

    @Override
    public Request request(int index) {
        int subject = order[index];
        TextSubjects subjects = plan.subjects();
        int item = subjects.items()[subject];
        int user = subjects.users()[subject];
        Sha256 hash = new Sha256()
                .add(originHash)
                .add(user, item, subjects.positions()[subject], subjects.labels()[subject])
                .add(shown(subject));
        return new Request(RequestKey.of(hash.bytes()), user, 0, subject, item < 0 ? new int[0] : new int[] {item});
    }

    @Override
    public Prompt prompt(Request request) {
        int subject = request.chunk();
        return form.prompt(
                shown(subject),
                plan.subjects().items()[subject],
                plan.subjects().labels()[subject]);
    }

    private int[] shown(int subject) {
        return histories.items(subject, Math.max(0, histories.length(subject) - form.historyLength()));
    }

    @Override
    public Answer read(Request request, Reply reply) {
        return form.read(reply);
    }

    @Override
    public void writePlan(Path file) throws IOException {
        plan.write(file);
    }

    @Override
    public Wanted wanted() {
        return Wanted.TEXT;
    }
}
