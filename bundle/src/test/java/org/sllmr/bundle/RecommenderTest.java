// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;
import org.sllmr.model.CatalogueScorer;

class RecommenderTest {
    private static final BundleFixture FIXTURE = new BundleFixture();
    private static Recommender recommender;
    private static float[][] expected;

    @BeforeAll
    static void open(@TempDir Path folder) {
        recommender = Recommender.open(
                FIXTURE.write(folder.resolve("bundle"), HistoryForm.PLAIN, false), BundleFixture.encoder());
        int[] users = IntStream.range(0, BundleFixture.USERS).toArray();
        expected = new float[users.length][BundleFixture.ITEMS];
        // A log without what comes next, so that the moment's context is unknown as in a request.
        FIXTURE.model
                .catalogueScorer(BundleFixture.ITEMS)
                .score(
                        FIXTURE.log().withContexts(noContexts()),
                        users,
                        IntStream.of(users).map(FIXTURE.log()::length).toArray(),
                        new int[users.length][0],
                        new CatalogueScorer.Receiver() {
                            @Override
                            public void asked(int row, float[] scores) {}

                            @Override
                            public void scores(int row, int first, float[] scores, int count) {
                                System.arraycopy(scores, 0, expected[row], first, count);
                            }
                        },
                        ProgressListener.NONE);
    }

    private static int[] noContexts() {
        int[] rows = new int[FIXTURE.data.contextFields().get(0).rows()];
        java.util.Arrays.fill(rows, -1);
        return rows;
    }

    private static String id(int item) {
        return FIXTURE.data.catalogue().ids().value(item);
    }

    @Test
    void recommendationsAreTheFirstOfTheFullRanking() {
        for (int user = 0; user < BundleFixture.USERS; user++) {
            float[] scores = expected[user];
            Set<String> seen = new HashSet<>(FIXTURE.history(user));
            List<String> best = IntStream.range(0, scores.length)
                    .boxed()
                    .filter(item -> !seen.contains(id(item)))
                    .sorted(Comparator.<Integer>comparingDouble(item -> -scores[item])
                            .thenComparing(item -> item))
                    .limit(20)
                    .map(RecommenderTest::id)
                    .toList();
            Recommendations answer =
                    recommender.recommend(Request.ofUser("u" + user).withK(20));
            assertThat(answer.items()).extracting(Recommendations.Item::item).isEqualTo(best);
            assertThat(answer.items())
                    .allSatisfy(item -> assertThat(item.score())
                            .isEqualTo(scores[FIXTURE.data.catalogue().ids().indexOf(item.item())]));
            assertThat(answer.basis().userKnown()).isTrue();
            List<String> history = FIXTURE.history(user);
            assertThat(answer.basis().history())
                    .isEqualTo(history.subList(Math.max(0, history.size() - 6), history.size()));
        }
    }

    @Test
    void scoresAreThoseOfTheFullRanking() {
        List<String> candidates = List.of(id(299), id(0), "no such item", id(17), id(0));
        Recommendations answer = recommender.score(Request.ofUser("u2").withCandidates(candidates));
        assertThat(answer.items()).extracting(Recommendations.Item::item).containsExactly(id(299), id(0), id(17));
        assertThat(answer.items())
                .extracting(Recommendations.Item::score)
                .containsExactly(expected[2][299], expected[2][0], expected[2][17]);
        assertThat(answer.basis().unknownItems()).containsExactly("no such item");
    }

    @Test
    void manyThreadsGetTheSameAnswers() throws Exception {
        List<Request> requests = new ArrayList<>();
        for (int user = 0; user < BundleFixture.USERS; user++) {
            requests.add(Request.ofUser("u" + user));
            requests.add(Request.ofHistory(FIXTURE.history(user)).withK(5).explained());
            requests.add(Request.ofHistory(FIXTURE.history(user))
                    .withNewItems(List.of(new NewItem("new", Map.of("brand", List.of("brand1")), Map.of("title", "x"))))
                    .withK(3));
        }
        List<Recommendations> alone =
                requests.stream().map(recommender::recommend).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Recommendations>> all = new ArrayList<>();
            for (int round = 0; round < 4; round++) {
                for (Request request : requests) {
                    all.add(threads.submit(() -> recommender.recommend(request)));
                }
            }
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).get()).isEqualTo(alone.get(i % alone.size()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void rulesAreKept() {
        Column brands = recommender.catalogue().field("brand").orElseThrow();
        Catalogue catalogue = recommender.catalogue();
        Map<String, List<String>> brandOf = IntStream.range(0, catalogue.size())
                .boxed()
                .collect(Collectors.toMap(RecommenderTest::id, brands::texts));
        Request request = Request.ofUser("u1").withK(20);
        Set<String> two = Set.of("brand1", "brand2");
        assertThat(recommender
                        .recommend(request.withRules(Map.of("brand", two), Map.of(), Map.of()))
                        .items())
                .isNotEmpty()
                .allSatisfy(item -> assertThat(brandOf.get(item.item())).containsAnyElementsOf(two));
        assertThat(recommender
                        .recommend(request.withRules(Map.of(), Map.of("brand", two), Map.of()))
                        .items())
                .hasSize(20)
                .allSatisfy(item -> assertThat(brandOf.get(item.item())).doesNotContainAnyElementsOf(two));
        List<Recommendations.Item> spread = recommender
                .recommend(request.withRules(Map.of(), Map.of(), Map.of("brand", 0.1)))
                .items();
        assertThat(spread).hasSize(20);
        assertThat(spread.stream()
                        .flatMap(item -> brandOf.get(item.item()).stream())
                        .collect(Collectors.groupingBy(brand -> brand, Collectors.counting()))
                        .values())
                .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(2));
        assertThat(spread).isSortedAccordingTo(Comparator.comparingDouble(item -> -item.score()));
    }

    @Test
    void whatWasSeenIsLeftOutUnlessItIsWanted() {
        List<String> history = FIXTURE.history(0);
        Request request = Request.ofUser("u0").withK(BundleFixture.ITEMS);
        assertThat(recommender.recommend(request).items())
                .extracting(Recommendations.Item::item)
                .doesNotContainAnyElementsOf(history)
                .hasSize(BundleFixture.ITEMS - new HashSet<>(history).size());
        assertThat(recommender.recommend(request.withSeen(true)).items())
                .extracting(Recommendations.Item::item)
                .containsAll(history)
                .hasSize(BundleFixture.ITEMS);
    }

    /** The slow way: the score with and without each item of the history. */
    @Test
    void reasonsAreTheItemsWithoutWhichTheScoreIsLower() {
        List<String> history = List.of(id(4), id(40), id(99), id(123));
        Recommendations answer =
                recommender.recommend(Request.ofHistory(history).withK(8).explained());
        assertThat(answer.items()).anySatisfy(item -> assertThat(item.reasons()).isNotEmpty());
        for (Recommendations.Item item : answer.items()) {
            List<Recommendations.Reason> reasons = new ArrayList<>();
            for (String left : history) {
                List<String> others =
                        history.stream().filter(other -> !other.equals(left)).toList();
                float without = recommender
                        .score(Request.ofHistory(others).withCandidates(List.of(item.item())))
                        .items()
                        .get(0)
                        .score();
                if (item.score() > without) {
                    reasons.add(new Recommendations.Reason(left, item.score() - without));
                }
            }
            reasons.sort(Comparator.comparingDouble(reason -> -reason.weight()));
            assertThat(item.reasons()).isEqualTo(reasons.subList(0, Math.min(3, reasons.size())));
        }
    }

    @Test
    void newItemsAreScoredByTheirFieldsAndTexts() {
        NewItem titled = new NewItem("n1", Map.of("brand", List.of("brand3")), Map.of("title", "title 5 ü"));
        NewItem other = new NewItem("n2", Map.of("brand", List.of("brand3")), Map.of("title", "something else"));
        NewItem bare = new NewItem("n3", Map.of(), Map.of());
        NewItem unknown = new NewItem("n4", Map.of("brand", List.of("never seen")), Map.of());
        Request request = Request.ofUser("u5").withNewItems(List.of(titled, other, bare, unknown));
        Recommendations scored =
                recommender.score(request.withCandidates(List.of("n1", "n2", "n3", "n4", id(5), id(45))));
        assertThat(scored.items()).extracting(Recommendations.Item::score).doesNotHaveDuplicates();
        assertThat(scored.items()).extracting(Recommendations.Item::known).startsWith(false, false, false, false);
        assertThat(recommender.recommend(request.withK(Recommender.MOST)).items())
                .extracting(Recommendations.Item::item)
                .contains("n1", "n2", "n3", "n4");
        assertThat(recommender.similar(titled, 5).items()).hasSize(5);
        assertThat(recommender
                        .recommend(Request.ofHistory(List.of("n1", id(7))).withNewItems(List.of(titled)))
                        .basis()
                        .history())
                .containsExactly("n1", id(7));
    }

    @Test
    void similarItemsAreThoseOfTheLargestCosine() {
        Recommendations similar = recommender.similar(id(10), 299);
        assertThat(similar.items())
                .hasSize(299)
                .extracting(Recommendations.Item::item)
                .doesNotContain(id(10));
        assertThat(similar.items())
                .isSortedAccordingTo(Comparator.comparingDouble(item -> -item.score()))
                .allSatisfy(item -> assertThat(item.score()).isBetween(-1.0001f, 1.0001f));
        float there = similar.items().get(0).score();
        String nearest = similar.items().get(0).item();
        assertThatThrownBy(() -> recommender.similar(id(10), 5, Deadline.when(() -> true)))
                .isInstanceOf(TooLateException.class);
        assertThat(recommender.similar(nearest, 299).items())
                .filteredOn(item -> item.item().equals(id(10)))
                .extracting(Recommendations.Item::score)
                .containsExactly(there);
    }

    @Test
    void anUnknownUserIsSaidToBeUnknown() {
        Recommendations answer =
                recommender.recommend(Request.ofHistory(List.of("gone", id(1))).withUser("nobody"));
        assertThat(answer.basis().userKnown()).isFalse();
        assertThat(answer.basis().history()).containsExactly(id(1));
        assertThat(answer.basis().unknownItems()).containsExactly("gone");
        assertThat(recommender.recommend(Request.ofUser("nobody")).items())
                .as("without any history there are recommendations too")
                .hasSize(10);
        assertThat(answer.items())
                .as("the user counts where the model knows one")
                .isNotEqualTo(recommender
                        .recommend(Request.ofHistory(List.of(id(1))).withUser("u1"))
                        .items());
    }

    @Test
    void allProblemsOfARequestAreToldAtOnce() {
        Request request = Request.ofUser("u1")
                .withK(0)
                .withRules(Map.of("colour", Set.of("red")), Map.of(), Map.of("brand", 1.5))
                .withFacts(new Facts(Map.of("shoe size", List.of("9")), Map.of()), Facts.NONE)
                .withNewItems(List.of(new NewItem(id(1), Map.of(), Map.of())));
        assertThatThrownBy(() -> recommender.recommend(request))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("k")
                .hasMessageContaining("colour")
                .hasMessageContaining("shares.brand")
                .hasMessageContaining("shoe size")
                .hasMessageContaining("which is in the catalogue");
        Request nameless = Request.ofUser("u1").withNewItems(List.of(new NewItem(" ", Map.of(), Map.of())));
        assertThatThrownBy(() -> recommender.recommend(nameless)).hasMessageContaining("an item without an id");
        assertThatThrownBy(() -> recommender.similar("gone", 3)).hasMessageContaining("gone");
        assertThatThrownBy(() -> recommender.score(Request.ofUser("u1"))).hasMessageContaining("candidates");
    }
}
