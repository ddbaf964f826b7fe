// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sllmr.bundle.format.BundleContents;
import org.sllmr.bundle.format.BundleReader;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.bundle.format.Manifest;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.TrainingData;
import org.sllmr.model.RequestScorer;
import org.sllmr.model.schema.GivenValues;

/**
 * Recommends with an exported model; thread-safe. Scores have the bits of {@code sllmr evaluate --full-ranking}.
 *
 * <pre>{@code
 * Recommender recommender = Recommender.open(Path.of("bundle"));
 * Recommendations answer = recommender.recommend(Request.ofHistory(List.of("B00006IV2F")).withK(20));
 * }</pre>
 */
public final class Recommender {
    /** Most recommendations of one answer. */
    public static final int MOST = 1000;

    private static final int REASONS = 3;

    private final BundleContents contents;
    private final TrainingData data;
    private final Catalogue catalogue;
    private final RequestScorer scorer;
    private final NewItems newItems;
    private volatile @Nullable Neighbours neighbours;

    private Recommender(BundleReader.Opened opened, Supplier<Optional<TextVectors>> encoder) {
        this.contents = opened.contents();
        this.data = contents.data();
        this.catalogue = data.catalogue();
        this.scorer = opened.scorer();
        this.newItems = new NewItems(catalogue, encoder);
    }

    /**
     * Opens a bundle and checks all of it.
     *
     * @param path its folder or zip file
     * @throws InvalidInputException if it is damaged, or scores otherwise than where it was written
     */
    public static Recommender open(Path path) {
        return new Recommender(BundleReader.open(path), new Supplier<>() {
            private @Nullable Optional<TextVectors> found;

            @Override
            public synchronized Optional<TextVectors> get() {
                if (found == null) {
                    found = EncoderVectors.find();
                }
                return found;
            }
        });
    }

    /** The same with an encoder of one's own for the texts of new items. */
    public static Recommender open(Path path, TextVectors encoder) {
        return new Recommender(BundleReader.open(path), () -> Optional.of(encoder));
    }

    /** What the bundle is. */
    public Manifest manifest() {
        return contents.manifest();
    }

    /** The items that the bundle knows. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** Whether an item is long-tail, by its index in the catalogue. */
    public boolean longTail(int item) {
        return contents.longTail()[item];
    }

    /** Ids of the users; empty unless the bundle holds them as they are. */
    public List<String> users() {
        return contents.manifest().histories() == HistoryForm.PLAIN
                ? data.userIds().values()
                : List.of();
    }

    /** Whether the model knows a user. */
    public boolean knows(String user) {
        return contents.user(user) >= 0;
    }

    /** Ids of the items of a user's history in the bundle, the oldest first; empty without one. */
    public List<String> history(String user) {
        return Arrays.stream(contents.history(contents.user(user)))
                .mapToObj(catalogue.ids()::value)
                .toList();
    }

    /**
     * The best items for a user or a history.
     *
     * @throws InvalidInputException if the request is wrong, with all its problems
     */
    public Recommendations recommend(Request request) {
        Question question = new Question(request, true);
        int[] numbers = question.numbers();
        float[] scores = request.candidates().isEmpty() ? question.allScores(numbers) : question.scores(numbers);
        int[] best = new Selection(request.k(), request.shares(), question::values)
                .best(scores, numbers, question.allowed());
        return question.answer(numbers, scores, best);
    }

    /**
     * The scores of the request's candidates, in their order; without rules, and with items of the history.
     *
     * @throws InvalidInputException if the request is wrong, or has no candidates
     */
    public Recommendations score(Request request) {
        if (request.candidates().isEmpty()) {
            throw new InvalidInputException("candidates", "are missing; name the items to score");
        }
        Question question = new Question(request, false);
        int[] numbers = question.numbers();
        float[] scores = question.scores(numbers);
        return question.answer(
                numbers, scores, IntStream.range(0, numbers.length).toArray());
    }

    /**
     * The items that are most like one of the catalogue, by the cosine of the embeddings of all their fields.
     *
     * @param k most items, 1 to {@value #MOST}
     * @throws InvalidInputException if there is no such item
     */
    public Recommendations similar(String item, int k) {
        int number = catalogue.ids().indexOf(item);
        if (number < 0) {
            throw new InvalidInputException("item", "is '" + item + "', which is not in the catalogue");
        }
        return similar(number, List.of(), k);
    }

    /** The items of the catalogue that are most like a new one. */
    public Recommendations similar(NewItem item, int k) {
        return similar(catalogue.size(), newItems.values(List.of(item)), k);
    }

    private Recommendations similar(int number, List<GivenValues> given, int k) {
        checkK(k);
        float[] cosines = neighbours().cosines(number, given);
        int[] numbers = IntStream.range(0, cosines.length).toArray();
        int[] best =
                new Selection(k, Map.of(), (item, field) -> List.of()).best(cosines, numbers, other -> other != number);
        return new Recommendations(
                Arrays.stream(best)
                        .mapToObj(place -> item(place, catalogue.ids().value(place), cosines[place], List.of()))
                        .toList(),
                new Recommendations.Basis(false, List.of(), List.of()));
    }

    private Neighbours neighbours() {
        Neighbours known = neighbours;
        if (known == null) {
            synchronized (this) {
                known = neighbours;
                if (known == null) {
                    known = new Neighbours(scorer, catalogue.size());
                    neighbours = known;
                }
            }
        }
        return known;
    }

    private static void checkK(int k) {
        if (k < 1 || k > MOST) {
            throw new InvalidInputException("k", "is " + k + ", allowed is 1 to " + MOST);
        }
    }

    private Recommendations.Item item(int number, String id, float score, List<Recommendations.Reason> reasons) {
        boolean ofCatalogue = number < catalogue.size();
        return new Recommendations.Item(
                id,
                score,
                ofCatalogue && contents.longTail()[number],
                ofCatalogue && contents.positives()[number] > 0,
                reasons);
    }

    /** A request, checked, with numbers in place of ids. */
    private final class Question {
        private final Request request;
        private final Map<String, Integer> newNumbers = new HashMap<>();
        private final Set<String> unknown = new LinkedHashSet<>();
        private final int user;
        private final int[] history;
        private final RequestScorer.Request scored;

        Question(Request request, boolean ruled) {
            this.request = request;
            check(ruled);
            List<NewItem> given = request.newItems();
            for (int i = 0; i < given.size(); i++) {
                newNumbers.put(given.get(i).id(), catalogue.size() + i);
            }
            this.user = request.user().map(contents::user).orElse(-1);
            this.history = request.history().map(this::known).orElseGet(() -> contents.history(user));
            this.scored = new RequestScorer.Request(
                    user, history, values(request.userFacts()), values(request.context()), newItems.values(given));
        }

        private void check(boolean ruled) {
            List<Problem> problems = new ArrayList<>();
            if (request.user().isEmpty() && request.history().isEmpty()) {
                problems.add(new Problem("request", "has neither a user nor a history"));
            }
            if (request.k() < 1 || request.k() > MOST) {
                problems.add(new Problem("k", "is " + request.k() + ", allowed is 1 to " + MOST));
            }
            Set<String> ids = new LinkedHashSet<>();
            for (NewItem item : request.newItems()) {
                if (catalogue.ids().indexOf(item.id()) >= 0) {
                    problems.add(new Problem("newItems", "has '" + item.id() + "', which is in the catalogue"));
                } else if (!ids.add(item.id())) {
                    problems.add(new Problem("newItems", "has '" + item.id() + "' twice"));
                }
            }
            if (ruled) {
                Stream.of(Map.entry("allow", request.allow()), Map.entry("deny", request.deny()))
                        .forEach(rule ->
                                NewItems.check(rule.getKey(), rule.getValue(), fieldNames().stream(), problems));
                NewItems.check("shares", request.shares(), fieldNames().stream(), problems);
                request.shares().forEach((field, share) -> {
                    if (!(share > 0 && share <= 1)) {
                        problems.add(new Problem("shares." + field, "is " + share + ", allowed is above 0, up to 1"));
                    }
                });
            }
            facts(
                    "userFacts",
                    request.userFacts(),
                    data.userFields(),
                    data.numeric().userNumbers(),
                    problems);
            facts(
                    "context",
                    request.context(),
                    data.contextFields(),
                    data.numeric().contextNumbers(),
                    problems);
            if (!problems.isEmpty()) {
                throw new InvalidInputException(problems);
            }
        }

        private List<String> fieldNames() {
            return catalogue.fields().stream().map(Column::name).toList();
        }

        private void facts(
                String place, Facts facts, List<Column> fields, List<NumberColumn> numbers, List<Problem> problems) {
            NewItems.check(place + ".fields", facts.fields(), fields.stream().map(Column::name), problems);
            NewItems.check(place + ".numbers", facts.numbers(), numbers.stream().map(NumberColumn::name), problems);
            facts.numbers().forEach((name, number) -> {
                if (!Float.isFinite(number)) {
                    problems.add(new Problem(place + ".numbers." + name, "is not a finite number"));
                }
            });
        }

        private GivenValues values(Facts facts) {
            return new GivenValues(facts.fields(), facts.numbers(), Map.of());
        }

        /** Numbers of the items that are known; the others are noted. */
        private int[] known(List<String> ids) {
            return ids.stream()
                    .mapToInt(id -> {
                        int number = catalogue.ids().indexOf(id);
                        number = number >= 0 ? number : newNumbers.getOrDefault(id, -1);
                        if (number < 0) {
                            unknown.add(id);
                        }
                        return number;
                    })
                    .filter(number -> number >= 0)
                    .toArray();
        }

        int[] numbers() {
            return request.candidates()
                    .map(ids -> known(ids.stream().distinct().toList()))
                    .orElseGet(() -> IntStream.range(0, catalogue.size() + newNumbers.size())
                            .toArray());
        }

        float[] allScores(int[] numbers) {
            float[] all = Arrays.copyOf(scorer.all(scored), numbers.length);
            int[] others = IntStream.range(catalogue.size(), numbers.length).toArray();
            System.arraycopy(scorer.some(scored, others), 0, all, catalogue.size(), others.length);
            return all;
        }

        float[] scores(int[] numbers) {
            return scorer.some(scored, numbers);
        }

        IntPredicate allowed() {
            BitSet seen = new BitSet();
            if (request.excludeSeen()) {
                Arrays.stream(history).forEach(seen::set);
                // What is stored of a user was taken too, whatever history the request gives.
                Arrays.stream(contents.history(user)).forEach(seen::set);
            }
            return item -> !seen.get(item)
                    && request.allow().entrySet().stream()
                            .allMatch(
                                    rule -> values(item, rule.getKey()).stream().anyMatch(rule.getValue()::contains))
                    && request.deny().entrySet().stream()
                            .noneMatch(
                                    rule -> values(item, rule.getKey()).stream().anyMatch(rule.getValue()::contains));
        }

        /** The values of an item's field. */
        List<String> values(int item, String field) {
            return item < catalogue.size()
                    ? catalogue.field(field).map(column -> column.texts(item)).orElse(List.of())
                    : request.newItems().get(item - catalogue.size()).fields().getOrDefault(field, List.of());
        }

        private String id(int number) {
            return number < catalogue.size()
                    ? catalogue.ids().value(number)
                    : request.newItems().get(number - catalogue.size()).id();
        }

        Recommendations answer(int[] numbers, float[] scores, int[] places) {
            List<List<Recommendations.Reason>> reasons = request.explain()
                    ? reasons(Arrays.stream(places).map(place -> numbers[place]).toArray(), places, scores)
                    : List.of();
            List<Recommendations.Item> items = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                items.add(item(
                        numbers[places[i]],
                        id(numbers[places[i]]),
                        scores[places[i]],
                        reasons.isEmpty() ? List.of() : reasons.get(i)));
            }
            return new Recommendations(
                    items,
                    new Recommendations.Basis(
                            user >= 0, Arrays.stream(read()).mapToObj(this::id).toList(), List.copyOf(unknown)));
        }

        /** The last items, as many as the model reads. */
        private int[] read() {
            int longest = contents.model().schema().historyLength();
            return Arrays.copyOfRange(history, Math.max(0, history.length - longest), history.length);
        }

        /** Scores the chosen items again without each item of the history. */
        private List<List<Recommendations.Reason>> reasons(int[] chosen, int[] places, float[] scores) {
            int[] read = read();
            List<List<Recommendations.Reason>> all = new ArrayList<>();
            for (int i = 0; i < chosen.length; i++) {
                all.add(new ArrayList<>());
            }
            for (int left = 0; left < read.length; left++) {
                int out = left;
                int[] others = IntStream.range(0, read.length)
                        .filter(at -> at != out)
                        .map(at -> read[at])
                        .toArray();
                float[] without = scorer.some(scored.with(others), chosen);
                for (int i = 0; i < chosen.length; i++) {
                    all.get(i).add(new Recommendations.Reason(id(read[left]), scores[places[i]] - without[i]));
                }
            }
            return all.stream()
                    .map(reasons -> reasons.stream()
                            .filter(reason -> reason.weight() > 0)
                            .sorted(Comparator.<Recommendations.Reason>comparingDouble(reason -> reason.weight())
                                    .reversed())
                            .limit(REASONS)
                            .toList())
                    .toList();
        }
    }
}
