// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.Optional;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.binding.Formerly;

/**
 * How hard a provider is asked, and when to stop.
 *
 * @param concurrency most requests under way at once, 1 to 1024
 * @param timeoutSeconds after which a request is given up and sent again, above 0 up to 3600
 * @param requestsPerMinute most requests sent within any minute, 1 or more; no limit if absent
 * @param tokensPerMinute most tokens of prompts and replies within any minute, 1 or more, passed by less than one request;
 *     no limit if absent
 * @param budget most money that all runs of a store may cost, 0 or more; no limit if absent
 * @param retries when a request is sent again
 * @param breaker when a provider counts as down
 * @param answers when a model's replies count as useless
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

    /** 8 at once, a minute each, no limits. */
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
     * When a request is sent again: after a wait drawn evenly between 0 and {@code firstWaitSeconds} x 2^(failures - 1), at
     * most {@code maxWaitSeconds} (exponential backoff with full jitter), and never before the provider's
     * {@code Retry-After}.
     *
     * @param failures how often the provider may fail a request before the run leaves it unanswered, 1 to 100
     * @param wrongAnswers how many replies to a request may be unusable before the run leaves it unanswered, 1 to 100
     * @param firstWaitSeconds longest first wait, 0 to 3600
     * @param maxWaitSeconds longest wait, {@code firstWaitSeconds} to 3600
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
     * When a provider counts as down: nothing is sent for a while, then one request to see whether it is back.
     *
     * @param failures how many requests in a row have to fail, 1 to 10,000
     * @param pauseSeconds how long nothing is sent, 0 to 3600
     * @param giveUpMinutes after how long the run ends if the provider does not come back, 0 to 10,000
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
     * When a model's replies count as useless: the run ends early, or with too few scores to be of use.
     *
     * @param judgedOver over how many of the last replies a model is judged, 1 to 10,000
     * @param minUsable the share of them that has to hold usable scores, or the run ends, 0 to 1; 0 never ends it
     * @param minAnswered the share of the requests that were asked, as often as the retries allow, that has to be answered,
     *     or the run fails, 0 to 1; 0 asks for none
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

        /** One usable reply of 20, over 40; half of the requests answered. */
        public static Answers defaults() {
            return new Answers(40, 0.05, 0.5);
        }
    }
}
