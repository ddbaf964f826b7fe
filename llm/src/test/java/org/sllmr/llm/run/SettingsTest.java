// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.testing.SettingsAssertions;

class SettingsTest {
    @Test
    void theRun() {
        SettingsAssertions.of(AskingSettings.class)
                .hasDefaults(Map.of(
                        "concurrency",
                        8,
                        "timeoutSeconds",
                        60.0,
                        "requestsPerMinute",
                        Optional.empty(),
                        "tokensPerMinute",
                        Optional.empty(),
                        "budget",
                        Optional.empty(),
                        "retries",
                        new AskingSettings.Retries(8, 3, 1, 60),
                        "breaker",
                        new AskingSettings.Breaker(20, 15, 15),
                        "answers",
                        new AskingSettings.Answers(40, 0.05, 0.5)))
                .binds(
                        """
                        concurrency: 4
                        timeoutSeconds: 10
                        requestsPerMinute: 100
                        tokensPerMinute: 200
                        budget: 1.5
                        retries: {failures: 1, wrongAnswers: 2, firstWaitSeconds: 3, maxWaitSeconds: 4}
                        breaker: {failures: 5, pauseSeconds: 6, giveUpMinutes: 7}
                        answers: {judgedOver: 8, minUsable: 0.25, minAnswered: 0.75}
                        """,
                        new AskingSettings(
                                4,
                                10,
                                Optional.of(100),
                                Optional.of(200),
                                Optional.of(1.5),
                                new AskingSettings.Retries(1, 2, 3, 4),
                                new AskingSettings.Breaker(5, 6, 7),
                                new AskingSettings.Answers(8, 0.25, 0.75)));
    }
}
