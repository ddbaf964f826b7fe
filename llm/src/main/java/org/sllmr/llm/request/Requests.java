// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Seed;
import org.sllmr.data.file.Sha256;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * All requests of a plan, made when they are asked for.
 *
 * <p>In each pass a user's candidates are shuffled and cut into parts of nearly equal size, so that a candidate stands at
 * another place and beside other candidates in every pass. A pass comes whole before the next, and goes through the users
 * in a drawn order: where the money ends, those who were asked about are a sample of all.
 *
 * <p>Safe for use by many threads.
 */
public final class Requests {
    private final CandidatePlan plan;
    private final RequestOrigin origin;
    private final int passes;
    private final Seed seed;
    private final String originHash;
    private final int[] order;
    private final int[] offsets;

    /**
     * The requests of a plan.
     *
     * @param origin what they are made from
     * @param passes how often each candidate is asked about, 1 to 100: the scores are averaged, which evens out how much a
     *     place in the list counts
     */
    public Requests(CandidatePlan plan, RequestOrigin origin, int passes) {
        new Checks().between("passes", passes, 1, 100).done();
        this.plan = plan;
        this.origin = origin;
        this.passes = passes;
        this.seed = new Seed(plan.origin().seed()).child("requests");
        this.originHash = origin.hash();
        this.order = IntStream.range(0, plan.users()).toArray();
        shuffle(order, seed.child("users").generator());
        this.offsets = new int[plan.users() + 1];
        for (int place = 0; place < order.length; place++) {
            // A request asks about one candidate or more, and a plan has fewer than 2^31 of them.
            offsets[place + 1] = offsets[place] + chunks(order[place]);
        }
        ArraySize.of(
                ArraySize.product(offsets[order.length], passes),
                "passes",
                "requests (" + offsets[order.length] + " in each of " + passes + " passes)",
                "ask in fewer passes");
    }

    /** What they are made from. */
    public RequestOrigin origin() {
        return origin;
    }

    /** The plan. */
    public CandidatePlan plan() {
        return plan;
    }

    /** How often each candidate is asked about. */
    public int passes() {
        return passes;
    }

    /** Number of requests of all passes. */
    public int size() {
        return offsets[order.length] * passes;
    }

    /** The request at an index, 0 to {@link #size()} exclusive. */
    public Request request(int index) {
        int pass = index / offsets[order.length];
        int within = index % offsets[order.length];
        int place = Arrays.binarySearch(offsets, within);
        place = place < 0 ? -place - 2 : place;
        // Users without candidates share an offset with the next; the one that has the request is the last of them.
        while (offsets[place + 1] == within) {
            place++;
        }
        int user = order[place];
        int chunk = within - offsets[place];
        int[] candidates = candidates(user, pass, chunk);
        Sha256 hash = new Sha256().add(originHash).add(user, pass).add(candidates);
        return new Request(RequestKey.of(hash.bytes()), user, pass, chunk, candidates);
    }

    private int chunks(int user) {
        return (plan.offsets()[user + 1] - plan.offsets()[user] + origin.candidates() - 1) / origin.candidates();
    }

    private int[] candidates(int user, int pass, int chunk) {
        int[] all = Arrays.copyOfRange(plan.items(), plan.offsets()[user], plan.offsets()[user + 1]);
        shuffle(all, seed.child("candidates").child(user).child(pass).generator());
        int chunks = chunks(user);
        return Arrays.copyOfRange(all, part(all.length, chunk, chunks), part(all.length, chunk + 1, chunks));
    }

    private static int part(int length, int chunk, int chunks) {
        return (int) ((long) length * chunk / chunks);
    }

    private static void shuffle(int[] values, RandomGenerator random) {
        for (int index = values.length - 1; index > 0; index--) {
            int other = random.nextInt(index + 1);
            int value = values[index];
            values[index] = values[other];
            values[other] = value;
        }
    }
}
