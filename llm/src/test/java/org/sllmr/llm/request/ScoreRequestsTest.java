// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sllmr.data.InteractionLog;
import org.sllmr.llm.run.PlainForm;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.CandidateSource;
import org.sllmr.teacher.plan.PlanHistories;
import org.sllmr.teacher.plan.PlanSettings;

class ScoreRequestsTest {
    private static final CandidatePlan PLAN = new CandidatePlan(
            new CandidatePlan.Origin("world", "hash", 5, PlanSettings.defaults()),
            new int[] {0, 0, 45, 45, 46, 66, 66},
            items(),
            new byte[66]);

    private static int[] items() {
        int[] items = new int[66];
        for (int index = 0; index < items.length; index++) {
            items[index] = index < 45 ? 3 * index : index;
        }
        return items;
    }

    private static final PlanHistories HISTORIES = PLAN.histories(log(0));

    /** Users with one to six interactions, of which the first has a given item. */
    private static InteractionLog log(int first) {
        int[] offsets = new int[PLAN.users() + 1];
        for (int user = 0; user < PLAN.users(); user++) {
            offsets[user + 1] = offsets[user] + user + 1;
        }
        int[] items = new int[offsets[PLAN.users()]];
        long[] times = new long[items.length];
        for (int user = 0; user < PLAN.users(); user++) {
            items[offsets[user]] = first;
        }
        return InteractionLog.of(offsets, items, times);
    }

    private static RequestOrigin origin(CandidatePlan plan, String model, Map<String, String> settings) {
        return new RequestOrigin("world", "hash", plan.hash(), "form/1", "wording", "test", model, settings, 20);
    }

    private static ScoreRequests requests(int passes) {
        return new ScoreRequests(HISTORIES, PlainForm.DEFAULT, origin(PLAN, "m", Map.of()), passes);
    }

    @Test
    void requestsAboutSlicesOfTheUsersAreThoseOfAll() {
        ScoreRequests all = requests(2);
        Map<String, String> prompts = new HashMap<>();
        for (int index = 0; index < all.size(); index++) {
            Request request = all.request(index);
            prompts.put(
                    request.key() + " " + request.user(), all.prompt(request).user());
        }
        Map<String, String> ofSlices = new HashMap<>();
        int from = 0;
        for (int to : new int[] {1, 3, PLAN.users()}) {
            ScoreRequests slice = new ScoreRequests(
                    PLAN.slice(from, to).histories(log(0).slice(from, to)),
                    PlainForm.DEFAULT,
                    origin(PLAN, "m", Map.of()),
                    2,
                    from);
            for (int index = 0; index < slice.size(); index++) {
                Request request = slice.request(index);
                ofSlices.put(
                        request.key() + " " + request.user(),
                        slice.prompt(request).user());
            }
            from = to;
        }

        assertThat(prompts).hasSize(all.size());
        assertThat(ofSlices).isEqualTo(prompts);
    }

    @Test
    void everyPassAsksAboutEveryCandidateOnce() {
        ScoreRequests requests = requests(3);
        assertThat(requests.size()).isEqualTo(3 * (3 + 1 + 1));
        Map<List<Integer>, Set<Integer>> asked = new HashMap<>();
        Set<RequestKey> keys = new HashSet<>();
        int lastPass = 0;
        for (int index = 0; index < requests.size(); index++) {
            Request request = requests.request(index);
            assertThat(keys.add(request.key())).isTrue();
            assertThat(request.pass()).isGreaterThanOrEqualTo(lastPass);
            lastPass = request.pass();
            assertThat(request.candidates().length).isIn(15, 1, 20);
            Set<Integer> items =
                    asked.computeIfAbsent(List.of(request.pass(), request.user()), pass -> new HashSet<>());
            for (int item : request.candidates()) {
                assertThat(items.add(item)).isTrue();
            }
        }
        for (int pass = 0; pass < 3; pass++) {
            for (int user = 0; user < PLAN.users(); user++) {
                int[] expected = Arrays.copyOfRange(PLAN.items(), PLAN.offsets()[user], PLAN.offsets()[user + 1]);
                assertThat(asked.getOrDefault(List.of(pass, user), Set.of()))
                        .containsExactlyInAnyOrderElementsOf(
                                Arrays.stream(expected).boxed().toList());
            }
        }
    }

    @Test
    void passesHaveOtherOrdersAndNeighbours() {
        Map<Integer, int[]> firsts = new TreeMap<>();
        ScoreRequests requests = requests(2);
        for (int index = 0; index < requests.size(); index++) {
            Request request = requests.request(index);
            if (request.user() == 1 && request.chunk() == 0) {
                firsts.put(request.pass(), request.candidates());
            }
        }
        assertThat(new HashSet<>(Arrays.stream(firsts.get(0)).boxed().toList()))
                .isNotEqualTo(new HashSet<>(Arrays.stream(firsts.get(1)).boxed().toList()));
        assertThat(firsts.get(0))
                .isNotEqualTo(Arrays.stream(firsts.get(0)).sorted().toArray());
    }

    @Test
    void requestsAreReproducible() {
        Requests one = requests(1);
        Requests more = requests(4);
        for (int index = 0; index < one.size(); index++) {
            assertThat(more.request(index).key()).isEqualTo(one.request(index).key());
            assertThat(RequestKey.of(one.request(index).key().toString()))
                    .isEqualTo(one.request(index).key());
        }
        // Fixed here, because a change of the hash would ask everything again.
        assertThat(one.request(0).key()).hasToString("bde97a35c3586de3027df67f6b85e80b");
    }

    @Test
    void noPromptShowsHeldOutInteractions() {
        byte[] sources = PLAN.sources().clone();
        int last = PLAN.users() - 2;
        sources[PLAN.offsets()[last]] = CandidateSource.HELD_OUT.code();
        CandidatePlan holding = new CandidatePlan(PLAN.origin(), PLAN.offsets(), PLAN.items(), sources);
        ScoreRequests requests =
                new ScoreRequests(holding.histories(log(7)), PlainForm.DEFAULT, origin(holding, "m", Map.of()), 1);
        for (int index = 0; index < requests.size(); index++) {
            Request request = requests.request(index);
            int shown = requests.prompt(request).user().split("\\|", -1)[0].split(" ", -1).length;
            assertThat(shown).isEqualTo(request.user() == last ? last : request.user() + 1);
        }
    }

    @Test
    void theKeyCoversEverythingThatAffectsTheAnswer() {
        CandidatePlan other = new CandidatePlan(
                new CandidatePlan.Origin("world", "other", 5, PlanSettings.defaults()),
                PLAN.offsets(),
                PLAN.items(),
                PLAN.sources());
        Set<RequestKey> keys = new HashSet<>();
        keys.add(requests(1).request(0).key());
        keys.add(new ScoreRequests(HISTORIES, PlainForm.DEFAULT, origin(PLAN, "n", Map.of()), 1)
                .request(0)
                .key());
        keys.add(new ScoreRequests(HISTORIES, PlainForm.DEFAULT, origin(PLAN, "m", Map.of("t", "1")), 1)
                .request(0)
                .key());
        keys.add(new ScoreRequests(other.histories(log(0)), PlainForm.DEFAULT, origin(other, "m", Map.of()), 1)
                .request(0)
                .key());
        keys.add(new ScoreRequests(
                        HISTORIES,
                        PlainForm.DEFAULT,
                        new RequestOrigin("world", "hash", PLAN.hash(), "form/1", "other", "test", "m", Map.of(), 20),
                        1)
                .request(0)
                .key());
        keys.add(new ScoreRequests(PLAN.histories(log(7)), PlainForm.DEFAULT, origin(PLAN, "m", Map.of()), 1)
                .request(0)
                .key());
        assertThat(keys).hasSize(6);
    }
}
