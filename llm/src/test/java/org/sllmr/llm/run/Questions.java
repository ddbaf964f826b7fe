// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.data.Catalogue;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.Vocabulary;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.request.ScoreRequests;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.Worlds;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.CandidateSource;
import org.sllmr.teacher.plan.PlanSettings;

/** A plan with random candidates, and its table of correct answers. */
public record Questions(CandidatePlan plan, InteractionLog log) {
    public static Questions of(int users, int each, long seed) {
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

    /** The same questions with every second user with candidates held out. */
    public Questions withHeldOutUsers() {
        int[] offsets = new int[plan.users() + 1];
        int[] items = new int[plan.size() + plan.users()];
        byte[] sources = new byte[items.length];
        int at = 0;
        for (int user = 0; user < plan.users(); user++) {
            TreeMap<Integer, Byte> asked = new TreeMap<>();
            for (int index = plan.offsets()[user]; index < plan.offsets()[user + 1]; index++) {
                asked.put(plan.items()[index], plan.sources()[index]);
            }
            if (user % 2 == 0 && !asked.isEmpty()) {
                asked.put(log.item(user, log.length(user) - 1), CandidateSource.HELD_OUT.code());
            }
            for (Map.Entry<Integer, Byte> one : asked.entrySet()) {
                items[at] = one.getKey();
                sources[at++] = one.getValue();
            }
            offsets[user + 1] = at;
        }
        return new Questions(
                new CandidatePlan(plan.origin(), offsets, Arrays.copyOf(items, at), Arrays.copyOf(sources, at)), log);
    }

    /** The histories that prompts may show, without held-out interactions. */
    public Set<List<Integer>> allowedHistories(int historyLength) {
        Set<List<Integer>> allowed = new HashSet<>();
        for (int user = 0; user < plan.users(); user++) {
            allowed.add(Arrays.stream(history(user, historyLength)).boxed().toList());
        }
        return allowed;
    }

    private int[] history(int user, int historyLength) {
        int[] all = Worlds.history(log, user, Integer.MAX_VALUE);
        int end = all.length - (plan.heldOut(user) ? 1 : 0);
        return Arrays.copyOfRange(all, Math.max(0, end - historyLength), end);
    }

    /** Items with their numbers as titles. */
    public Catalogue catalogue() {
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
        return new ScoreRequests(plan.histories(log), form, model, passes);
    }

    Requests requests(FaultyModel model, int candidates, int passes) {
        return new ScoreRequests(plan.histories(log), new PlainForm(10, candidates), model, passes);
    }

    /** The table of correct answers. */
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
            int[] history = history(user, PlainForm.DEFAULT.historyLength());
            for (int index = plan.offsets()[user]; index < plan.offsets()[user + 1]; index++) {
                scores[index] = truth.score(history, plan.items()[index]);
            }
        }
        return new TeacherTable(plan.offsets(), plan.items(), scores, plan.heldOut());
    }
}
