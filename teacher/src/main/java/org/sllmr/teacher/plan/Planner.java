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
import org.sllmr.teacher.vector.NearestItems;
import org.sllmr.teacher.vector.ScanFile;

/**
 * Selects the items about which a teacher is asked for each user (Section 3.1, with retrieval in addition).
 *
 * <p>It uses training interactions only: validation and test positives are treated like any other item. Items without
 * text are never candidates. Every user has a seed of its own.
 */
public final class Planner {
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
        this.seed = seed.child("plan");
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
        checkSize();
        NearestItems nearest = nearest(blocks, listener, unfinished.of(origin.toString()));
        Assignments longTail = longTail();
        Clusters clusters = Clusters.of(embeddings, settings.coldStart().clusters(), seed.child("clusters"), blocks);
        int[] popular = withText(popularity.head(settings.popular().pool()));
        int[] all = withText(IntStream.range(0, embeddings.items()).toArray());
        int users = log.users();
        boolean[] heldOut = heldOutUsers();
        long[][] chosen = new long[users][];
        blocks.run(users, 256, "candidates", listener, (from, to) -> {
            CandidateSelection selection = new CandidateSelection(embeddings.items());
            for (int user = from; user < to; user++) {
                Seed own = seed.child("users").child(user);
                chosen[user] = heldOut[user]
                        ? heldOut(selection, user, all, own)
                        : candidates(selection, user, nearest, longTail, clusters, popular, all, own);
            }
        });
        return columns(chosen);
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

    private long[] candidates(
            CandidateSelection selection,
            int user,
            NearestItems nearest,
            Assignments longTail,
            Clusters clusters,
            int[] popular,
            int[] all,
            Seed own) {
        selection.start(log, user, log.length(user));
        selection.sample(
                CandidateSource.NEAREST,
                Arrays.copyOfRange(nearest.items(), nearest.offsets()[user], nearest.offsets()[user + 1]),
                settings.nearest().count(),
                own.child("nearest").generator());
        for (int index = longTail.offsets()[user]; index < longTail.offsets()[user + 1]; index++) {
            selection.add(CandidateSource.LONG_TAIL, longTail.items()[index]);
        }
        if (log.length(user) <= settings.coldStart().longestHistory()) {
            selection.spread(
                    CandidateSource.COLD_START,
                    clusters,
                    settings.coldStart().count(),
                    own.child("cold start").generator());
        }
        selection.sample(
                CandidateSource.POPULAR,
                popular,
                settings.popular().count(),
                own.child("popular").generator());
        selection.sample(
                CandidateSource.RANDOM,
                all,
                settings.random(),
                own.child("random").generator());
        return selection.sorted();
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
            int held = user;
            int item = log.item(user, last);
            boolean usable = embeddings.present()[item];
            for (int position = 0; position < last; position++) {
                usable &= log.item(user, position) != item;
            }
            heldOut[user] = usable
                    && shown.map(rows -> rows.before(held, item).length > 0).orElse(true);
        }
        return heldOut;
    }

    private long[] heldOut(CandidateSelection selection, int user, int[] all, Seed own) {
        int last = log.length(user) - 1;
        // The held-out item must be free, to become a candidate.
        selection.start(log, user, last);
        selection.add(CandidateSource.HELD_OUT, log.item(user, last));
        if (shown.isPresent()) {
            int wanted = settings.heldOut().compared();
            for (int item : withText(shown.get().before(user, log.item(user, last)))) {
                wanted -= wanted > 0 && selection.add(CandidateSource.COMPARED, item) ? 1 : 0;
            }
            return selection.sorted();
        }
        selection.sample(
                CandidateSource.COMPARED,
                all,
                settings.heldOut().compared(),
                own.child("compared").generator());
        return selection.sorted();
    }

    private NearestItems nearest(Blocks blocks, ProgressListener listener, ScanFile unfinished)
            throws InterruptedException {
        PlanSettings.Nearest wanted = settings.nearest();
        if (wanted.count() == 0) {
            return new NearestItems(new int[log.users() + 1], new int[0], new float[0]);
        }
        float[] bonuses = new float[embeddings.items()];
        for (int item : popularity.tail(wanted.tailShare())) {
            bonuses[item] = (float) wanted.tailBonus();
        }
        return NearestItems.find(embeddings, nearness, log, bonuses, wanted.pool(), blocks, listener, unfinished);
    }

    /** The long-tail items drawn for each user, as offsets and items. */
    private record Assignments(int[] offsets, int[] items) {}

    private Assignments longTail() {
        int users = log.users();
        int[] tail = withText(popularity.tail(settings.longTail().share()));
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
        return new Assignments(offsets, items);
    }

    private int[] withText(int[] items) {
        return Arrays.stream(items).filter(item -> embeddings.present()[item]).toArray();
    }

    private CandidatePlan columns(long[][] chosen) {
        int[] offsets = new int[chosen.length + 1];
        for (int user = 0; user < chosen.length; user++) {
            offsets[user + 1] = offsets[user] + chosen[user].length;
        }
        int[] items = new int[offsets[chosen.length]];
        byte[] sources = new byte[items.length];
        for (int user = 0; user < chosen.length; user++) {
            for (int index = 0; index < chosen[user].length; index++) {
                items[offsets[user] + index] = CandidateSelection.item(chosen[user][index]);
                sources[offsets[user] + index] = CandidateSelection.source(chosen[user][index]);
            }
        }
        return new CandidatePlan(origin, offsets, items, sources);
    }
}
