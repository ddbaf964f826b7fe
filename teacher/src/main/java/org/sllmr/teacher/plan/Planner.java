// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.vector.Clusters;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;
import org.sllmr.teacher.vector.ScanFile;

/**
 * Selects the items about which a teacher is asked for each user (Section 3.1, with retrieval in addition).
 *
 * <p>It uses training interactions only: validation and test positives are treated like any other item. Items without
 * text are never candidates. Every user has a seed of its own.
 */
public final class Planner {
    private static final int[] NONE_SHOWN = {};

    private final InteractionLog log;
    private final Embeddings embeddings;
    private final EmbeddingTeacherSettings nearness;
    private final PlanSettings settings;
    private final Seed seed;
    private final Popularity popularity;
    /** Empty where negatives are drawn. */
    private final Optional<ShownNegatives> shown;

    private final CandidatePlan.Origin origin;

    /**
     * A planner for a dataset.
     *
     * @param embeddings vectors of the items' texts
     * @param nearness how items are compared with histories to retrieve the nearest
     */
    public Planner(
            TrainingData data,
            Embeddings embeddings,
            EmbeddingTeacherSettings nearness,
            PlanSettings settings,
            Seed seed) {
        this.log = data.log();
        this.embeddings = embeddings;
        this.nearness = nearness;
        this.settings = settings;
        this.origin = new CandidatePlan.Origin(data.name(), data.hash(), seed.value(), settings);
        this.seed = PlanSources.seed(origin);
        this.popularity = data.training().labelled() ? Popularity.of(data) : Popularity.of(log, embeddings.items());
        this.shown = data.training().labelled()
                ? Optional.of(new ShownNegatives(data.training(), log.users()))
                : Optional.empty();
    }

    /** Makes the plan. */
    public CandidatePlan plan(Blocks blocks, ProgressListener listener) throws InterruptedException {
        return plan(blocks, listener, ScanFile.NONE);
    }

    /**
     * Makes the plan; its longest part, the search for nearest items, goes on where a stopped one with the same inputs
     * was.
     *
     * @param unfinished keeps the state of that search; the caller removes it when the plan is written
     */
    public CandidatePlan plan(Blocks blocks, ProgressListener listener, ScanFile unfinished)
            throws InterruptedException {
        return sources(blocks).candidates(users(), blocks, listener, unfinished.of(origin.toString()));
    }

    /**
     * What all users share.
     *
     * @throws org.sllmr.configuration.InvalidInputException if the plan would not fit into arrays
     */
    public PlanSources sources(Blocks blocks) throws InterruptedException {
        checkSize();
        float[] bonuses = new float[embeddings.items()];
        for (int item : popularity.tail(settings.nearest().tailShare())) {
            bonuses[item] = (float) settings.nearest().tailBonus();
        }
        return new PlanSources(
                origin,
                embeddings,
                nearness,
                bonuses,
                Clusters.of(embeddings, settings.coldStart().clusters(), seed.child("clusters"), blocks),
                PlanSources.withText(
                        embeddings, popularity.head(settings.popular().pool())));
    }

    /** All users, with what each has of its own. */
    public PlanUsers users() {
        boolean[] heldOut = heldOutUsers();
        int[][] compared = new int[shown.isPresent() ? heldOut.length : 0][];
        for (int user = 0; user < compared.length; user++) {
            compared[user] = heldOut[user] ? before(user) : NONE_SHOWN;
        }
        return new PlanUsers(0, log, heldOut, longTail(), compared);
    }

    /** Refuses a plan that would not fit into arrays, before anything is retrieved. */
    private void checkSize() {
        long each = (long) settings.nearest().count()
                + settings.popular().count()
                + settings.coldStart().count()
                + settings.random();
        long tail = ArraySize.product(
                popularity.tail(settings.longTail().share()).length,
                Math.min(log.users(), settings.longTail().users()));
        long held = settings.heldOut().share() > 0 ? 1L + settings.heldOut().compared() : 0;
        ArraySize.of(
                ArraySize.product(log.users(), Math.max(each, held)) + tail,
                "plan",
                "candidates at most",
                "plan fewer for each user or fewer users for each long-tail item");
        ArraySize.of(
                settings.nearest().count() == 0
                        ? 0
                        : ArraySize.product(log.users(), settings.nearest().pool()),
                "plan.nearest.pool",
                "nearest items",
                "choose a smaller pool");
    }

    /**
     * Held-out users: a sample of those whose last training item has text and does not occur earlier in the history.
     */
    private boolean[] heldOutUsers() {
        Seed draws = seed.child("held out");
        boolean[] heldOut = new boolean[log.users()];
        for (int user = 0; user < heldOut.length; user++) {
            int last = log.length(user) - 1;
            if (last < 1
                    || draws.child(user).generator().nextDouble()
                            >= settings.heldOut().share()) {
                continue;
            }
            int item = log.item(user, last);
            boolean usable = embeddings.present()[item];
            for (int position = 0; position < last; position++) {
                usable &= log.item(user, position) != item;
            }
            heldOut[user] = usable && (shown.isEmpty() || before(user).length > 0);
        }
        return heldOut;
    }

    /** What a user's last positive is compared with, where rows have labels. */
    private int[] before(int user) {
        return shown.orElseThrow().before(user, log.item(user, log.length(user) - 1));
    }

    private PlanUsers.Assigned longTail() {
        int users = log.users();
        int[] tail = PlanSources.withText(
                embeddings, popularity.tail(settings.longTail().share()));
        int each = Math.min(users, settings.longTail().users());
        int[][] drawn = new int[tail.length][];
        int[] offsets = new int[users + 1];
        int[] shuffled = IntStream.range(0, users).toArray();
        for (int index = 0; index < tail.length; index++) {
            RandomGenerator random = seed.child("long tail").child(tail[index]).generator();
            drawn[index] = CandidateSelection.draw(shuffled, each, random);
            for (int user : drawn[index]) {
                offsets[user + 1]++;
            }
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] next = offsets.clone();
        int[] items = new int[offsets[users]];
        for (int index = 0; index < tail.length; index++) {
            for (int user : drawn[index]) {
                items[next[user]++] = tail[index];
            }
        }
        return new PlanUsers.Assigned(offsets, items);
    }
}
