// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.Optional;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.binding.Formerly;

/**
 * Limits and retries of a run, and when it stops.
 *
 * @param concurrency maximum number of simultaneous requests, 1 to 1024
 * @param timeoutSeconds time after which a request is aborted and sent again, above 0 up to 3600
 * @param requestsPerMinute maximum number of requests in any minute, 1 or more; no limit if absent
 * @param tokensPerMinute maximum number of tokens of prompts and replies in any minute, 1 or more; may be exceeded by
 *     less than one request; no limit if absent
 * @param budget maximum cost of all runs of a store, 0 or more; no limit if absent
 * @param retries when a request is sent again
 * @param breaker when the provider counts as down
 * @param answers when the model's replies count as useless
 */
public record AskingSettings(
        int concurrency,
        double timeoutSeconds,
        Optional<Integer> requestsPerMinute,
        Optional<Integer> tokensPerMinute,
        Optional<Double> budget,
        Retries retries,
        Breaker breaker,
        Answers answers) {
    /** Checks the ranges. */
    public AskingSettings {
        new Checks()
                .between("concurrency", concurrency, 1, 1024)
                .aboveUpTo("timeoutSeconds", timeoutSeconds, 0, 3600)
                .atLeast("requestsPerMinute", requestsPerMinute.orElse(1), 1)
                .atLeast("tokensPerMinute", tokensPerMinute.orElse(1), 1)
                .atLeast("budget", budget.orElse(0.0), 0)
                .done();
    }

    /** 8 requests at once, a timeout of a minute, no limits. */
    public static AskingSettings defaults() {
        return new AskingSettings(
                8,
                60,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Retries(8, 3, 1, 60),
                new Breaker(20, 15, 15),
                Answers.defaults());
    }

    /** The same with a budget. */
    public AskingSettings with(double most) {
        return new AskingSettings(
                concurrency,
                timeoutSeconds,
                requestsPerMinute,
                tokensPerMinute,
                Optional.of(most),
                retries,
                breaker,
                answers);
    }

    /**
     * When a request is sent again: after a uniformly random wait between 0 and {@code firstWaitSeconds} x 2^(failures
     * - 1), at most {@code maxWaitSeconds} (exponential backoff with full jitter), and not before the provider's {@code
     * Retry-After}.
     *
     * @param failures number of provider failures of a request after which it is left unanswered, 1 to 100
     * @param wrongAnswers number of unusable replies to a request after which it is left unanswered, 1 to 100
     * @param firstWaitSeconds maximum first wait, 0 to 3600
     * @param maxWaitSeconds maximum wait, {@code firstWaitSeconds} to 3600
     */
    public record Retries(
            int failures,
            int wrongAnswers,
            double firstWaitSeconds,
            @Formerly("longestWaitSeconds") double maxWaitSeconds) {
        /** Checks the ranges. */
        public Retries {
            new Checks()
                    .between("failures", failures, 1, 100)
                    .between("wrongAnswers", wrongAnswers, 1, 100)
                    .between("firstWaitSeconds", firstWaitSeconds, 0, 3600)
                    .between("maxWaitSeconds", maxWaitSeconds, Math.max(0, firstWaitSeconds), 3600)
                    .done();
        }
    }

    /**
     * When a provider counts as down. Then nothing is sent for a while, and after that one request as a probe.
     *
     * @param failures number of consecutive failures, 1 to 10,000
     * @param pauseSeconds pause before a probe, 0 to 3600
     * @param giveUpMinutes time without an answer after which the run ends, 0 to 10,000
     */
    public record Breaker(int failures, double pauseSeconds, double giveUpMinutes) {
        /** Checks the ranges. */
        public Breaker {
            new Checks()
                    .between("failures", failures, 1, 10_000)
                    .between("pauseSeconds", pauseSeconds, 0, 3600)
                    .between("giveUpMinutes", giveUpMinutes, 0, 10_000)
                    .done();
        }
    }

    /**
     * When a model's replies count as useless, so that the run ends early or fails.
     *
     * @param judgedOver number of last replies that are considered, 1 to 10,000
     * @param minUsable share of them with usable scores below which the run ends, 0 to 1; 0 never ends it
     * @param minAnswered share of answered requests below which the run fails at its end, 0 to 1; 0 never fails it
     */
    public record Answers(int judgedOver, double minUsable, double minAnswered) {
        /** Checks the ranges. */
        public Answers {
            new Checks()
                    .between("judgedOver", judgedOver, 1, 10_000)
                    .between("minUsable", minUsable, 0, 1)
                    .between("minAnswered", minAnswered, 0, 1)
                    .done();
        }

        /** One usable reply in 20 among the last 40; half of the requests answered. */
        public static Answers defaults() {
            return new Answers(40, 0.05, 0.5);
        }
    }
}
