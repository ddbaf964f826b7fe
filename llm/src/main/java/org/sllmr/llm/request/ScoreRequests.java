// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Seed;
import org.sllmr.data.file.Sha256;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import org.sllmr.llm.question.Answer;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanHistories;

/**
 * The requests for scores of a plan's candidates, created on demand.
 *
 * <p>Their questions use the plan's histories, and their keys cover what they show, so a question that shows anything
 * else has another key.
 *
 * <p>In each pass a user's candidates are shuffled and divided into parts of nearly equal size, so that a candidate has
 * another place and other neighbours in every pass. Passes follow each other, each with the users in the same random
 * order. So if the budget ends early, the users with answers are a random sample.
 *
 * <p>Thread-safe.
 */
public final class ScoreRequests implements Requests {
    private final ShownHistories shown;
    private final CandidatePlan plan;
    private final QuestionForm form;
    private final RequestOrigin origin;
    private final int passes;
    private final int first;
    private final String originHash;
    private final int[] order;
    private final int[] offsets;

    /**
     * The requests of a plan to a model.
     *
     * @param histories the histories that the teacher may see
     * @param form the wording
     * @param passes number of times each candidate is asked about, 1 to 100; averaging the scores reduces the effect of
     *     places in the list
     */
    public ScoreRequests(PlanHistories histories, QuestionForm form, LanguageModel model, int passes) {
        this(histories, form, origin(histories.plan(), form, model), passes);
    }

    /** Requests with a given origin, for tests. */
    ScoreRequests(PlanHistories histories, QuestionForm form, RequestOrigin origin, int passes) {
        this(histories, form, origin, passes, 0);
    }

    /**
     * The requests of a slice of a plan's users: those of the plan that are about them, with their keys.
     *
     * @param histories those of the slice
     * @param origin what the requests of the whole plan are made from
     * @param passes as for the whole plan
     * @param first index of the slice's first user in the dataset
     */
    public ScoreRequests(PlanHistories histories, QuestionForm form, RequestOrigin origin, int passes, int first) {
        new Checks().between("passes", passes, 1, 100).done();
        this.shown = new ShownHistories(histories, form.historyLength());
        this.plan = histories.plan();
        this.form = form;
        this.origin = origin;
        this.passes = passes;
        this.first = first;
        this.originHash = origin.hash();
        this.order = IntStream.range(0, plan.users()).toArray();
        CandidateOrder.shuffle(
                order,
                new Seed(plan.origin().seed()).child("requests").child("users").generator());
        this.offsets = new int[plan.users() + 1];
        for (int place = 0; place < order.length; place++) {
            // A request has at least one candidate, and a plan has fewer than 2^31.
            offsets[place + 1] = offsets[place] + chunks(order[place]);
        }
        ArraySize.of(
                ArraySize.product(offsets[order.length], passes),
                "passes",
                "requests (" + offsets[order.length] + " in each of " + passes + " passes)",
                "ask in fewer passes");
    }

    static RequestOrigin origin(CandidatePlan plan, QuestionForm form, LanguageModel model) {
        return origin(plan.origin(), plan.hash(), form, model);
    }

    /**
     * What requests for scores are made from.
     *
     * @param plan origin of the plan
     * @param planHash hash of the whole plan
     */
    public static RequestOrigin origin(
            CandidatePlan.Origin plan, String planHash, QuestionForm form, LanguageModel model) {
        return RequestOrigin.of(
                plan.dataset(), plan.datasetHash(), planHash, form.name(), form.hash(), form.maxCandidates(), model);
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
        return passes;
    }

    @Override
    public int size() {
        return offsets[order.length] * passes;
    }

    @Override
    public void writePlan(Path file) throws IOException {
        plan.write(file);
    }

    @Override
    public Request request(int index) {
        int pass = index / offsets[order.length];
        int within = index % offsets[order.length];
        int place = Arrays.binarySearch(offsets, within);
        place = place < 0 ? -place - 2 : place;
        // Users without candidates have the same offset as the next user; the last of these has the request.
        while (offsets[place + 1] == within) {
            place++;
        }
        int user = order[place];
        int chunk = within - offsets[place];
        int[] candidates = candidates(user, pass, chunk);
        Sha256 hash = new Sha256().add(originHash).add(first + user, pass).add(candidates);
        shown.of(user).addTo(hash);
        return new Request(RequestKey.of(hash.bytes()), first + user, pass, chunk, candidates);
    }

    @Override
    public Answer read(Request request, Reply reply) {
        return form.read(reply, request.candidates().length);
    }

    @Override
    public Wanted wanted() {
        return Wanted.SCORES;
    }

    @Override
    public Prompt prompt(Request request) {
        return shown.of(request.user() - first).prompt(form, request.candidates());
    }

    private int chunks(int user) {
        return (plan.offsets()[user + 1] - plan.offsets()[user] + origin.candidates() - 1) / origin.candidates();
    }

    private int[] candidates(int user, int pass, int chunk) {
        int[] all = CandidateOrder.shuffled(plan, first, user, pass);
        int chunks = chunks(user);
        return Arrays.copyOfRange(all, part(all.length, chunk, chunks), part(all.length, chunk + 1, chunks));
    }

    private static int part(int length, int chunk, int chunks) {
        return (int) ((long) length * chunk / chunks);
    }
}
