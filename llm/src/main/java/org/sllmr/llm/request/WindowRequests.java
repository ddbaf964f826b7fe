// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
 * The requests for one order of all candidates of each user (RankLLM, Pradeep et al. 2023): a window slides over the list
 * from its end to its beginning, and the model sorts what is in it. So the best items rise with the window.
 *
 * <p>A window shows what the one before left there, so it can only be asked about when that one has an answer. Its key
 * covers what it shows; the same answers make the same keys, and a later run goes on with the first window without one.
 *
 * <p>Thread-safe.
 */
public final class WindowRequests implements Requests {
    private final ShownHistories shown;
    private final CandidatePlan plan;
    private final QuestionForm form;
    private final RequestOrigin origin;
    private final String originHash;
    private final int passes;
    private final int first;
    private final int stride;
    private final int[] users;
    private final int[] offsets;
    /** The orders of the lists that have some answers but not all, by the index of their first request. */
    private final Map<Integer, Sorted> unfinished = new ConcurrentHashMap<>();

    /**
     * A list that is partly sorted.
     *
     * @param windows number of windows with an answer
     * @param order the items
     */
    private record Sorted(int windows, int[] order) {}

    /**
     * The requests of a plan to a model.
     *
     * @param histories the histories that the teacher may see
     * @param form the wording; a window has as many candidates as a question may have
     * @param passes number of times each list is sorted, 1 to 100, each time from another order
     * @param stride number of places by which the window moves, 1 to below the window's size
     */
    public WindowRequests(PlanHistories histories, QuestionForm form, LanguageModel model, int passes, int stride) {
        this(histories, form, ScoreRequests.origin(histories.plan(), form, model), passes, stride, 0);
    }

    /**
     * The requests of a slice of a plan's users: those of the plan that are about them, with their keys.
     *
     * @param histories those of the slice
     * @param origin what the requests of the whole plan are made from
     * @param passes as for the whole plan
     * @param stride as for the whole plan
     * @param first index of the slice's first user in the dataset
     */
    public WindowRequests(
            PlanHistories histories, QuestionForm form, RequestOrigin origin, int passes, int stride, int first) {
        new Checks()
                .between("passes", passes, 1, 100)
                .between("stride", stride, 1, form.maxCandidates() - 1)
                .done();
        this.shown = new ShownHistories(histories, form.historyLength());
        this.plan = histories.plan();
        this.form = form;
        this.origin = origin;
        this.first = first;
        this.originHash = origin.hash();
        this.passes = passes;
        this.stride = stride;
        this.users = IntStream.range(0, plan.users())
                .filter(user -> candidates(user) > 0)
                .toArray();
        CandidateOrder.shuffle(
                users,
                new Seed(plan.origin().seed()).child("requests").child("users").generator());
        this.offsets = new int[users.length + 1];
        for (int place = 0; place < users.length; place++) {
            offsets[place + 1] = offsets[place] + windows(candidates(users[place]));
        }
        ArraySize.of(
                ArraySize.product(offsets[users.length], passes),
                "passes",
                "requests (" + offsets[users.length] + " in each of " + passes + " passes)",
                "ask in fewer passes");
    }

    private int candidates(int user) {
        return plan.offsets()[user + 1] - plan.offsets()[user];
    }

    private int windows(int candidates) {
        return 1 + Math.max(0, (candidates - form.maxCandidates() + stride - 1) / stride);
    }

    /**
     * A window.
     *
     * @param first index of the request for the list's first window
     * @param number of the window in the list, from 0 at the end
     * @param from first place
     * @param to the place after the last
     */
    private record Window(int first, int user, int pass, int number, int from, int to) {}

    private Window window(int index) {
        int pass = index / offsets[users.length];
        int within = index % offsets[users.length];
        int place = Arrays.binarySearch(offsets, within);
        place = place < 0 ? -place - 2 : place;
        int number = within - offsets[place];
        int to = candidates(users[place]) - number * stride;
        return new Window(index - number, users[place], pass, number, Math.max(0, to - form.maxCandidates()), to);
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
        return offsets[users.length] * passes;
    }

    @Override
    public boolean follow() {
        return true;
    }

    @Override
    public int before(int index) {
        return window(index).number() == 0 ? NONE : index - 1;
    }

    @Override
    public int after(int index) {
        return window(index).from() == 0 ? NONE : index + 1;
    }

    @Override
    public void answered(int index, float[] scores) {
        Window window = window(index);
        int[] sorted = CandidateOrder.sorted(order(window), window.from(), scores);
        if (window.from() == 0) {
            unfinished.remove(window.first());
        } else {
            unfinished.put(window.first(), new Sorted(window.number() + 1, sorted));
        }
    }

    private int[] order(Window window) {
        if (window.number() == 0) {
            return CandidateOrder.shuffled(plan, first, window.user(), window.pass());
        }
        @Nullable Sorted sorted = unfinished.get(window.first());
        if (sorted == null || sorted.windows() != window.number()) {
            throw new IllegalStateException("the window before request " + (window.first() + window.number())
                    + " has no answer, or this one has");
        }
        return sorted.order();
    }

    @Override
    public Request request(int index) {
        return request(window(index), order(window(index)));
    }

    private Request request(Window window, int[] order) {
        int[] candidates = Arrays.copyOfRange(order, window.from(), window.to());
        Sha256 hash = new Sha256()
                .add(originHash)
                .add(first + window.user(), window.pass(), window.number(), stride)
                .add(candidates);
        shown.of(window.user()).addTo(hash);
        return new Request(
                RequestKey.of(hash.bytes()), first + window.user(), window.pass(), window.number(), candidates);
    }

    @Override
    public Prompt prompt(Request request) {
        return shown.of(request.user() - first).prompt(form, request.candidates());
    }

    /** Shows the window of the order that the pass begins with. */
    @Override
    public Prompt foreseen(int index) {
        Window window = window(index);
        return prompt(request(window, CandidateOrder.shuffled(plan, first, window.user(), window.pass())));
    }

    @Override
    public Answer read(Request request, Reply reply) {
        return form.read(reply, request.candidates().length);
    }

    @Override
    public void writePlan(Path file) throws IOException {
        plan.write(file);
    }

    @Override
    public Wanted wanted() {
        return Wanted.SCORES;
    }
}
