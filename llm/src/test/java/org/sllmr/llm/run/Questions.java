// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.data.Catalogue;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.Vocabulary;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.request.RequestOrigin;
import org.sllmr.llm.request.Requests;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.Worlds;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.CandidateSource;
import org.sllmr.teacher.plan.PlanSettings;

/** A plan with random candidates, and the table that right answers make of it. */
record Questions(CandidatePlan plan, InteractionLog log) {
    static Questions of(int users, int each, long seed) {
        int items = 10 * each + 100;
        InteractionLog log = Worlds.log(users, items, 3, 12, seed);
        int[] offsets = new int[users + 1];
        int[] columns = new int[users * each];
        byte[] sources = new byte[users * each];
        for (int user = 0; user < users; user++) {
            RandomGenerator random =
                    new Seed(seed).child("candidates").child(user).generator();
            TreeSet<Integer> chosen = new TreeSet<>();
            // Some users have fewer, and some none.
            int size = user % 7 == 3 ? 0 : user % 5 == 2 ? each / 2 + 1 : each;
            while (chosen.size() < size) {
                chosen.add(random.nextInt(items));
            }
            offsets[user + 1] = offsets[user] + size;
            int at = offsets[user];
            for (int item : chosen) {
                sources[at] = (byte) (item % 5);
                columns[at++] = item;
            }
        }
        CandidatePlan plan = new CandidatePlan(
                new CandidatePlan.Origin("world", "hash", seed, PlanSettings.defaults()),
                offsets,
                Arrays.copyOf(columns, offsets[users]),
                Arrays.copyOf(sources, offsets[users]));
        return new Questions(plan, log);
    }

    /** The same questions, of which every second user's first is about an interaction that is held out. */
    Questions holdingOut() {
        byte[] sources = plan.sources().clone();
        for (int user = 0; user < plan.users(); user += 2) {
            if (plan.offsets()[user + 1] > plan.offsets()[user]) {
                sources[plan.offsets()[user]] = CandidateSource.HELD_OUT.code();
            }
        }
        return new Questions(new CandidatePlan(plan.origin(), plan.offsets(), plan.items(), sources), log);
    }

    /** Items whose titles hold their numbers. */
    Catalogue catalogue() {
        List<String> numbers =
                IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
        return new Catalogue(
                new Vocabulary(numbers),
                List.of(),
                List.of(new Catalogue.TextColumn(
                        "title",
                        numbers.stream().map(number -> "thing " + number).toList())));
    }

    Requests requests(LanguageModel model, QuestionForm form, int passes) {
        return new Requests(plan, RequestOrigin.of(plan, form, model), passes);
    }

    Requests requests(FaultyModel model, int candidates, int passes) {
        return new Requests(plan, RequestOrigin.of(plan, new PlainForm(10, candidates), model), passes);
    }

    /** The table of right answers. */
    TeacherTable right() {
        return table(PlainForm::score);
    }

    /** Scores an item for a history. */
    interface Truth {
        float score(int[] history, int item);
    }

    TeacherTable table(Truth truth) {
        float[] scores = new float[plan.size()];
        for (int user = 0; user < plan.users(); user++) {
            int[] all = Worlds.history(log, user, Integer.MAX_VALUE);
            int end = all.length - (plan.heldOut(user) ? 1 : 0);
            int[] history = Arrays.copyOfRange(all, Math.max(0, end - PlainForm.DEFAULT.historyLength()), end);
            for (int index = plan.offsets()[user]; index < plan.offsets()[user + 1]; index++) {
                scores[index] = truth.score(history, plan.items()[index]);
            }
        }
        return new TeacherTable(plan.offsets(), plan.items(), scores, plan.heldOut());
    }
}
