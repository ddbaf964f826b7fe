// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.testing.SettingsAssertions;
import org.sllmr.llm.openai.BatchSettings;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.openai.ResponseFormat;
import org.sllmr.llm.openai.TokenLimit;
import org.sllmr.llm.question.QuestionKind;
import org.sllmr.llm.question.QuestionSettings;
import org.sllmr.llm.question.Recency;
import org.sllmr.llm.question.TextSettings;

class LanguageSettingsTest {
    @Test
    void questions() {
        SettingsAssertions.of(QuestionSettings.class)
                .hasDefaults(Map.of(
                        "kind",
                        QuestionKind.SCORED_ITEMS,
                        "historyLength",
                        10,
                        "maxCandidates",
                        20,
                        "stride",
                        10,
                        "columns",
                        List.of(),
                        "recency",
                        Recency.NONE,
                        "maxCharacters",
                        200,
                        "rankTemperature",
                        5.0,
                        "reasoningTokens",
                        0))
                .binds(
                        "{kind: sliding-window, historyLength: 5, maxCandidates: 8, stride: 4, columns: [title], recency: days,"
                                + " maxCharacters: 80, rankTemperature: 2.5, reasoningTokens: 100}",
                        new QuestionSettings(
                                QuestionKind.SLIDING_WINDOW, 5, 8, 4, List.of("title"), Recency.DAYS, 80, 2.5, 100));
    }

    @Test
    void texts() {
        SettingsAssertions.of(TextSettings.class)
                .hasDefaults(Map.of(
                        "words",
                        100,
                        "historyLength",
                        20,
                        "userShare",
                        0.5,
                        "pool",
                        0.1,
                        "columns",
                        List.of(),
                        "maxCharacters",
                        200,
                        "reasoningTokens",
                        0))
                .binds(
                        "{words: 50, historyLength: 5, userShare: 0.25, pool: 0.2, columns: [title], maxCharacters: 80,"
                                + " reasoningTokens: 100}",
                        new TextSettings(50, 5, 0.25, 0.2, List.of("title"), 80, 100));
    }

    @Test
    void models() {
        SettingsAssertions.of(OpenAiSettings.class)
                .hasDefaults(Map.of(
                        "model", "gpt-4o-mini",
                        "baseUrl", "https://api.openai.com/v1",
                        "temperature", Optional.of(0.0),
                        "seed", Optional.empty(),
                        "reasoningEffort", Optional.empty(),
                        "responseFormat", Optional.empty(),
                        "tokenLimit", Optional.empty()))
                .binds(
                        "{model: m, baseUrl: 'http://localhost:8000/v1', temperature: 1, seed: 3, reasoningEffort: low,"
                                + " responseFormat: json-object, tokenLimit: max-completion-tokens}",
                        new OpenAiSettings(
                                "m",
                                "http://localhost:8000/v1",
                                Optional.of(1.0),
                                Optional.of(3L),
                                Optional.of("low"),
                                Optional.of(ResponseFormat.JSON_OBJECT),
                                Optional.of(TokenLimit.MAX_COMPLETION_TOKENS)));
        SettingsAssertions.of(BatchSettings.class)
                .hasDefaults(Map.of(
                        "maxRequests",
                        10_000,
                        "maxMegabytes",
                        100,
                        "pollSeconds",
                        60.0,
                        "fileWaitMinutes",
                        60.0,
                        "priceShare",
                        0.5))
                .binds(
                        "{maxRequests: 5, maxMegabytes: 2, pollSeconds: 0.5, fileWaitMinutes: 3, priceShare: 1}",
                        new BatchSettings(5, 2, 0.5, 3, 1));
    }

    @Test
    void prices() {
        SettingsAssertions.of(TokenPrice.class)
                .hasDefaults(Map.of("inputPerMillion", 0.0, "outputPerMillion", 0.0))
                .binds("{inputPerMillion: 0.15, outputPerMillion: 0.6}", new TokenPrice(0.15, 0.6));
        assertThat(new TokenPrice(0.5, 2).times(0.5)).isEqualTo(new TokenPrice(0.25, 1));
        assertThat(new TokenPrice(0.15, 0.6).of(2_000_000, 500_000)).isEqualTo(0.6);
    }
}
