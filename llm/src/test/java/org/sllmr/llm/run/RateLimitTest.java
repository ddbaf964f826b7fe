// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;

class RateLimitTest {
    private static final long MINUTE = 60_000_000_000L;

    /** No minute that begins with a request exceeds the limit, for any delays of the sender. */
    @Test
    void noMinuteExceedsTheLimit() {
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Seed(seed).generator();
        for (int perMinute : new int[] {1, 2, 7, 60, 1000}) {
            RateLimit limit = new RateLimit(perMinute, 0);
            List<Long> sent = new ArrayList<>();
            long now = 0;
            while (sent.size() < 4 * perMinute + 10) {
                now = Math.max(now, limit.earliest());
                boolean late = random.nextInt(3) == 0;
                now += late ? random.nextLong(random.nextInt(100) > 0 ? 60_000_000L : 3_000_000_000L) : 0;
                limit.take(now, 1);
                sent.add(now);
            }
            int most = 0;
            for (int first = 0; first < sent.size(); first++) {
                int count = 0;
                while (first + count < sent.size() && sent.get(first + count) < sent.get(first) + MINUTE) {
                    count++;
                }
                most = Math.max(most, count);
            }
            assertThat(most).as("seed %d, limit %d", seed, perMinute).isBetween(1, perMinute);
        }
    }

    @Test
    void aPunctualSenderNearlyReachesTheLimit() {
        RateLimit limit = new RateLimit(600, 0);
        int sent = 0;
        for (long now = 0; now < 10 * MINUTE; now = limit.earliest()) {
            limit.take(now, 1);
            sent++;
        }
        assertThat(sent).isBetween(5990, 6000);
    }

    @Test
    void correctionsAreCounted() {
        RateLimit limit = new RateLimit(1000, 0);
        limit.take(0, 500);
        long full = limit.earliest();
        limit.giveBack(400);
        assertThat(full).isBetween(MINUTE / 2, MINUTE / 2 + MINUTE / 1000);
        assertThat(limit.earliest()).isBetween(MINUTE / 10, MINUTE / 10 + MINUTE / 1000);
    }
}
