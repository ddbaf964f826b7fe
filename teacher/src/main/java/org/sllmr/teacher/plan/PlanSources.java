// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.vector.Clusters;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;
import org.sllmr.teacher.vector.NearestItems;
import org.sllmr.teacher.vector.ScanFile;

/**
 * What all users of a plan share: the sources that their candidates come from. {@link Planner#sources} makes it.
 *
 * @param origin what the plan is made from
 * @param embeddings vectors of the items' texts
 * @param nearness how items are compared with histories to retrieve the nearest
 * @param bonuses what each item's similarity is raised by, in units of cosine: {@code [items]}
 * @param clusters items by meaning, for users with short histories
 * @param popular the items of the popularity pool that have text
 */
public record PlanSources(
        CandidatePlan.Origin origin,
        Embeddings embeddings,
        EmbeddingTeacherSettings nearness,
        float[] bonuses,
        Clusters clusters,
        int[] popular) {
    /** The seed of all draws of a plan. */
    static Seed seed(CandidatePlan.Origin origin) {
        return new Seed(origin.seed()).child("plan");
    }

    /** Those of some items that have text. */
    static int[] withText(Embeddings embeddings, int[] items) {
        return Arrays.stream(items).filter(item -> embeddings.present()[item]).toArray();
    }

    /**
     * The candidates of some users, which depend neither on other users nor on the number of threads.
     *
     * @param unfinished keeps the state of the search for nearest items
     * @return a plan of these users alone; its user 0 is the first of them
     */
    public CandidatePlan candidates(PlanUsers users, Blocks blocks, ProgressListener listener, ScanFile unfinished)
            throws InterruptedException {
        NearestItems nearest = nearest(users, blocks, listener, unfinished);
        int[] all = withText(embeddings, IntStream.range(0, embeddings.items()).toArray());
        long[][] chosen = new long[users.users()][];
        blocks.run(chosen.length, 256, "candidates", listener, (from, to) -> {
            CandidateSelection selection = new CandidateSelection(embeddings.items());
            for (int user = from; user < to; user++) {
                Seed own = seed(origin).child("users").child(users.first() + user);
                chosen[user] = users.heldOut()[user]
                        ? heldOut(selection, users, user, all, own)
                        : candidates(selection, users, user, nearest, all, own);
            }
        });
        return columns(chosen);
    }

    private NearestItems nearest(PlanUsers users, Blocks blocks, ProgressListener listener, ScanFile unfinished)
            throws InterruptedException {
        PlanSettings.Nearest wanted = settings().nearest();
        return wanted.count() == 0
                ? new NearestItems(new int[users.users() + 1], new int[0], new float[0])
                : NearestItems.find(
                        embeddings, nearness, users.log(), bonuses, wanted.pool(), blocks, listener, unfinished);
    }

    private PlanSettings settings() {
        return origin.settings();
    }

    private long[] candidates(
            CandidateSelection selection, PlanUsers users, int user, NearestItems nearest, int[] all, Seed own) {
        selection.start(users.log(), user, users.log().length(user));
        selection.sample(
                CandidateSource.NEAREST,
                Arrays.copyOfRange(nearest.items(), nearest.offsets()[user], nearest.offsets()[user + 1]),
                settings().nearest().count(),
                own.child("nearest").generator());
        PlanUsers.Assigned tail = users.tail();
        for (int index = tail.offsets()[user]; index < tail.offsets()[user + 1]; index++) {
            selection.add(CandidateSource.LONG_TAIL, tail.items()[index]);
        }
        if (users.log().length(user) <= settings().coldStart().longestHistory()) {
            selection.spread(
                    CandidateSource.COLD_START,
                    clusters,
                    settings().coldStart().count(),
                    own.child("cold start").generator());
        }
        selection.sample(
                CandidateSource.POPULAR,
                popular,
                settings().popular().count(),
                own.child("popular").generator());
        selection.sample(
                CandidateSource.RANDOM,
                all,
                settings().random(),
                own.child("random").generator());
        return selection.sorted();
    }

    private long[] heldOut(CandidateSelection selection, PlanUsers users, int user, int[] all, Seed own) {
        int last = users.log().length(user) - 1;
        // The held-out item must be free, to become a candidate.
        selection.start(users.log(), user, last);
        selection.add(CandidateSource.HELD_OUT, users.log().item(user, last));
        int wanted = settings().heldOut().compared();
        if (users.shown().length == 0) {
            selection.sample(
                    CandidateSource.COMPARED, all, wanted, own.child("compared").generator());
            return selection.sorted();
        }
        for (int item : withText(embeddings, users.shown()[user])) {
            wanted -= wanted > 0 && selection.add(CandidateSource.COMPARED, item) ? 1 : 0;
        }
        return selection.sorted();
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
