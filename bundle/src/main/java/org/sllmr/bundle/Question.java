// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sllmr.bundle.format.BundleContents;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.model.RequestScorer;
import org.sllmr.model.schema.GivenValues;

/** A request, checked, with numbers in place of ids. */
final class Question {
    private static final int REASONS = 3;

    private final BundleContents contents;
    private final TrainingData data;
    private final Catalogue catalogue;
    private final RequestScorer scorer;
    private final Request request;
    private final Deadline deadline;
    private final Map<String, Integer> newNumbers = new HashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final int user;
    private final int[] history;
    private final RequestScorer.Request scored;

    /**
     * Checks a request.
     *
     * @param ruled whether its rules count
     * @param deadline until when the answer is wanted
     */
    Question(
            BundleContents contents,
            RequestScorer scorer,
            NewItems newItems,
            Request request,
            boolean ruled,
            Deadline deadline) {
        this.contents = contents;
        this.data = contents.data();
        this.catalogue = data.catalogue();
        this.scorer = scorer;
        this.request = request;
        this.deadline = deadline;
        check(ruled);
        List<NewItem> given = request.newItems();
        for (int i = 0; i < given.size(); i++) {
            newNumbers.put(given.get(i).id(), catalogue.size() + i);
        }
        this.user = request.user().map(contents::user).orElse(-1);
        this.history = request.history().map(this::known).orElseGet(() -> contents.history(user));
        this.scored = new RequestScorer.Request(
                user,
                history,
                values(request.userFacts()),
                values(request.context()),
                newItems.values(given, deadline));
    }

    private void check(boolean ruled) {
        List<Problem> problems = new ArrayList<>();
        if (request.user().isEmpty() && request.history().isEmpty()) {
            problems.add(new Problem("request", "has neither a user nor a history"));
        }
        if (request.k() < 1 || request.k() > Recommender.MOST) {
            problems.add(new Problem("k", "is " + request.k() + ", allowed is 1 to " + Recommender.MOST));
        }
        Set<String> ids = new LinkedHashSet<>();
        for (NewItem item : request.newItems()) {
            if (item.id().isBlank()) {
                problems.add(new Problem("newItems", "has an item without an id"));
            } else if (catalogue.ids().indexOf(item.id()) >= 0) {
                problems.add(new Problem("newItems", "has '" + item.id() + "', which is in the catalogue"));
            } else if (!ids.add(item.id())) {
                problems.add(new Problem("newItems", "has '" + item.id() + "' twice"));
            }
        }
        if (ruled) {
            Stream.of(Map.entry("allow", request.allow()), Map.entry("deny", request.deny()))
                    .forEach(rule -> NewItems.check(rule.getKey(), rule.getValue(), fieldNames().stream(), problems));
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
        facts("context", request.context(), data.contextFields(), data.numeric().contextNumbers(), problems);
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
                .orElseGet(() ->
                        IntStream.range(0, catalogue.size() + newNumbers.size()).toArray());
    }

    float[] allScores(int[] numbers) {
        float[] all = Arrays.copyOf(scorer.all(scored, deadline), numbers.length);
        int[] others = IntStream.range(catalogue.size(), numbers.length).toArray();
        System.arraycopy(scorer.some(scored, others, deadline), 0, all, catalogue.size(), others.length);
        return all;
    }

    float[] scores(int[] numbers) {
        return scorer.some(scored, numbers, deadline);
    }

    IntPredicate allowed() {
        BitSet seen = new BitSet();
        if (request.excludeSeen()) {
            Arrays.stream(history).forEach(seen::set);
            // What is stored of a user was taken too, whatever history the request gives.
            Arrays.stream(contents.history(user)).forEach(seen::set);
        }
        if (request.allow().isEmpty() && request.deny().isEmpty()) {
            return item -> !seen.get(item);
        }
        IntPredicate allowed = item -> !seen.get(item);
        for (Map.Entry<String, Set<String>> rule : request.allow().entrySet()) {
            allowed = allowed.and(has(rule.getKey(), rule.getValue()));
        }
        for (Map.Entry<String, Set<String>> rule : request.deny().entrySet()) {
            allowed = allowed.and(has(rule.getKey(), rule.getValue()).negate());
        }
        IntPredicate rules = allowed;
        return item -> {
            deadline.check();
            return rules.test(item);
        };
    }

    /** Whether an item has one of some values; those of the catalogue are looked up once, not for each item. */
    private IntPredicate has(String field, Set<String> wanted) {
        Column column = catalogue.field(field).orElseThrow();
        BitSet indices = new BitSet();
        wanted.stream()
                .mapToInt(column.vocabulary()::indexOf)
                .filter(index -> index >= 0)
                .forEach(indices::set);
        return item -> item < catalogue.size()
                ? hasAny(column, item, indices)
                : values(item, field).stream().anyMatch(wanted::contains);
    }

    private static boolean hasAny(Column column, int item, BitSet indices) {
        for (int at = column.offsets()[item]; at < column.offsets()[item + 1]; at++) {
            if (indices.get(column.values()[at])) {
                return true;
            }
        }
        return false;
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
                    contents,
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

    /** The last items, as many as scores depend on. */
    private int[] read() {
        int longest = contents.historyLength();
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
            float[] without = scorer.some(scored.with(others), chosen, deadline);
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

    static Recommendations.Item item(
            BundleContents contents, int number, String id, float score, List<Recommendations.Reason> reasons) {
        boolean ofCatalogue = number < contents.data().catalogue().size();
        return new Recommendations.Item(
                id,
                score,
                ofCatalogue && contents.longTail()[number],
                ofCatalogue && contents.positives()[number] > 0,
                reasons);
    }
}
