// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.sllmr.bundle.format.BundleBlend;
import org.sllmr.bundle.format.BundleContents;
import org.sllmr.bundle.format.BundleReader;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.bundle.format.Manifest;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;
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

    private final BundleReader.Opened opened;
    private final BundleContents contents;
    private final TrainingData data;
    private final Catalogue catalogue;
    private final RequestScorer scorer;
    private final NewItems newItems;
    private final Neighbours neighbours;

    private Recommender(BundleReader.Opened opened, NewItems newItems) {
        this.opened = opened;
        this.contents = opened.contents();
        this.data = contents.data();
        this.catalogue = data.catalogue();
        this.scorer = opened.scorer();
        this.newItems = newItems;
        this.neighbours = new Neighbours(scorer, catalogue.size());
    }

    private static Recommender open(Path path, Supplier<Optional<TextVectors>> encoder) {
        BundleReader.Opened opened = BundleReader.open(path);
        BundleContents contents = opened.contents();
        NewItems newItems =
                new NewItems(contents.data().catalogue(), contents.blend().flatMap(BundleBlend::texts), encoder);
        return new Recommender(opened, newItems);
    }

    /**
     * Opens a bundle and checks all of it.
     *
     * @param path its folder or zip file
     * @throws InvalidInputException if it is damaged, or scores otherwise than where it was written
     */
    public static Recommender open(Path path) {
        return open(path, EncoderVectors::find);
    }

    /** The same with an encoder of one's own for the texts of new items. */
    public static Recommender open(Path path, TextVectors encoder) {
        return open(path, () -> Optional.of(encoder));
    }

    /**
     * The same recommender, with the same memory, that answers in the thread that asks and leaves all others alone: for
     * programs that answer many requests at once. Usually idle threads of the common pool help with a request.
     */
    public Recommender inCallingThread() {
        return new Recommender(opened.inCallingThread(), newItems);
    }

    /** What the bundle is. */
    public Manifest manifest() {
        return contents.manifest();
    }

    /** Identifies the bundle's contents: 64 hexadecimal digits. */
    public String hash() {
        return opened.hash();
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
        return recommend(request, Deadline.NONE);
    }

    /**
     * The best items for a user or a history, if they are found in time.
     *
     * @param deadline asked between blocks of items, in all threads that score
     * @throws InvalidInputException if the request is wrong, with all its problems
     * @throws TooLateException if the deadline is over
     */
    public Recommendations recommend(Request request, Deadline deadline) {
        Question question = new Question(contents, scorer, newItems, request, true, deadline);
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
        return score(request, Deadline.NONE);
    }

    /**
     * The same, if they are found in time.
     *
     * @param deadline asked between blocks of items, in all threads that score
     * @throws InvalidInputException if the request is wrong, or has no candidates
     * @throws TooLateException if the deadline is over
     */
    public Recommendations score(Request request, Deadline deadline) {
        if (request.candidates().isEmpty()) {
            throw new InvalidInputException("candidates", "are missing; name the items to score");
        }
        Question question = new Question(contents, scorer, newItems, request, false, deadline);
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
        return similar(item, k, Deadline.NONE);
    }

    /**
     * The same, if they are found in time.
     *
     * @param deadline asked between blocks of items
     * @throws InvalidInputException if there is no such item
     * @throws TooLateException if the deadline is over
     */
    public Recommendations similar(String item, int k, Deadline deadline) {
        int number = catalogue.ids().indexOf(item);
        if (number < 0) {
            throw new InvalidInputException("item", "is '" + item + "', which is not in the catalogue");
        }
        return similar(number, List.of(), k, deadline);
    }

    /** The items of the catalogue that are most like a new one. */
    public Recommendations similar(NewItem item, int k) {
        return similar(item, k, Deadline.NONE);
    }

    /**
     * The same, if they are found in time.
     *
     * @param deadline asked between blocks of items, and before the item's text is encoded
     * @throws TooLateException if the deadline is over
     */
    public Recommendations similar(NewItem item, int k, Deadline deadline) {
        return similar(catalogue.size(), newItems.values(List.of(item), deadline), k, deadline);
    }

    private Recommendations similar(int number, List<GivenValues> given, int k, Deadline deadline) {
        checkK(k);
        float[] cosines = neighbours.cosines(number, given, deadline);
        int[] numbers = IntStream.range(0, cosines.length).toArray();
        int[] best =
                new Selection(k, Map.of(), (item, field) -> List.of()).best(cosines, numbers, other -> other != number);
        return new Recommendations(
                Arrays.stream(best)
                        .mapToObj(place ->
                                Question.item(contents, place, catalogue.ids().value(place), cosines[place], List.of()))
                        .toList(),
                new Recommendations.Basis(false, List.of(), List.of()));
    }

    private static void checkK(int k) {
        if (k < 1 || k > MOST) {
            throw new InvalidInputException("k", "is " + k + ", allowed is 1 to " + MOST);
        }
    }
}
