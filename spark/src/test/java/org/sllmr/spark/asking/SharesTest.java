// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;
import org.sllmr.llm.run.AskingSettings;

class SharesTest {
    private static AskingSettings limits(int concurrency, Optional<Integer> requests, Optional<Integer> tokens) {
        AskingSettings usual = AskingSettings.defaults();
        return new AskingSettings(
                concurrency, 7, requests, tokens, Optional.of(5.0), usual.retries(), usual.breaker(), usual.answers());
    }

    @Test
    void sharesAddUpToTheWholeAndNoneIsEmpty() {
        RandomGenerator random = new Seed(4).generator();
        for (int round = 0; round < 500; round++) {
            AskingSettings whole = limits(
                    1 + random.nextInt(50),
                    random.nextBoolean() ? Optional.of(1 + random.nextInt(90)) : Optional.empty(),
                    random.nextBoolean() ? Optional.of(1 + random.nextInt(90)) : Optional.empty());
            int tasks = Shares.tasks(whole, 1 + random.nextInt(60));
            List<AskingSettings> shares = Shares.of(whole, tasks);

            assertThat(shares).hasSize(tasks).allMatch(share -> share.budget().isEmpty());
            assertThat(shares.stream().mapToInt(AskingSettings::concurrency).sum())
                    .isEqualTo(whole.concurrency());
            whole.requestsPerMinute()
                    .ifPresent(limit -> assertThat(shares.stream()
                                    .mapToInt(share -> share.requestsPerMinute().orElseThrow())
                                    .sum())
                            .isEqualTo(limit));
            whole.tokensPerMinute()
                    .ifPresent(limit -> assertThat(shares.stream()
                                    .mapToInt(share -> share.tokensPerMinute().orElseThrow())
                                    .sum())
                            .isEqualTo(limit));
        }
    }

    @Test
    void asManyTasksAsHaveARequestEach() {
        assertThat(Shares.tasks(limits(8, Optional.empty(), Optional.empty()), 100))
                .isEqualTo(8);
        assertThat(Shares.tasks(limits(8, Optional.of(3), Optional.empty()), 100))
                .isEqualTo(3);
        assertThat(Shares.tasks(limits(8, Optional.of(3), Optional.of(2)), 100)).isEqualTo(2);
        assertThat(Shares.tasks(limits(8, Optional.empty(), Optional.empty()), 5))
                .isEqualTo(5);
        assertThat(Shares.tasks(limits(1, Optional.empty(), Optional.empty()), 0))
                .isEqualTo(1);
    }

    @Test
    void moneyIsDividedByTheNumberOfRequests() {
        assertThat(Shares.money(12, new long[] {1, 0, 3})).containsExactly(3, 0, 9);
        assertThat(Shares.money(12, new long[] {0})).containsExactly(0);
    }
}
