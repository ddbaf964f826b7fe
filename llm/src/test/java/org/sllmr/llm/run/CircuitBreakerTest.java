// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final CircuitBreaker breaker = new CircuitBreaker(3, 100, 1000);

    private void fail(int times, long now) {
        for (int time = 0; time < times; time++) {
            breaker.failed(now, false, 0);
        }
    }

    @Test
    void opensOnlyAfterConsecutiveFailures() {
        fail(2, 0);
        breaker.succeeded();
        fail(2, 0);
        assertThat(breaker.allows(0)).isTrue();
        fail(1, 5);
        assertThat(breaker.allows(5)).isFalse();
        assertThat(breaker.reopens(5)).isEqualTo(105);
        assertThat(breaker.allows(104)).isFalse();
        assertThat(breaker.allows(105)).isTrue();
    }

    @Test
    void oneRequestProbesWhetherTheProviderIsBack() {
        fail(3, 0);
        assertThat(breaker.begin()).isTrue();
        assertThat(breaker.allows(150)).isFalse();
        // A failure of an earlier request changes nothing.
        breaker.failed(150, false, 0);
        assertThat(breaker.open()).isTrue();
        breaker.failed(160, true, 0);
        assertThat(breaker.allows(259)).isFalse();
        assertThat(breaker.allows(260)).isTrue();
        assertThat(breaker.begin()).isTrue();
        breaker.succeeded();
        assertThat(breaker.allows(261)).isTrue();
        assertThat(breaker.begin()).isFalse();
    }

    @Test
    void waitsAsLongAsTheProviderRequests() {
        breaker.failed(0, false, 0);
        breaker.failed(0, false, 0);
        breaker.failed(0, false, 700);
        assertThat(breaker.reopens(0)).isEqualTo(700);
    }

    @Test
    void anUnfinishedProbeDoesNotKeepItOpenForever() {
        fail(3, 0);
        assertThat(breaker.begin()).isTrue();
        breaker.abandoned(120);
        assertThat(breaker.allows(120)).isTrue();
    }

    @Test
    void givesUpAfterTheTimeWithoutASuccess() {
        fail(3, 50);
        breaker.begin();
        breaker.failed(1049, true, 0);
        assertThat(breaker.givesUp(1049)).isFalse();
        assertThat(breaker.givesUp(1050)).isTrue();
        assertThat(breaker.givesUpAt()).isEqualTo(1050);
        breaker.succeeded();
        assertThat(breaker.givesUp(5000)).isFalse();
    }
}
