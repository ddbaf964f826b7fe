// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.llm.Reply;

class AnswerTest {
    private static final Set<AnswerFault> SEEN = ConcurrentHashMap.newKeySet();
    private static final QuestionForm SCORED = form(QuestionKind.SCORED_ITEMS);
    private static final QuestionForm RANKED = form(QuestionKind.RANKED_LIST);
    private static final QuestionForm YES_NO = form(QuestionKind.YES_NO);

    private static QuestionForm form(QuestionKind kind) {
        return new QuestionSettings(kind, 10, 20, List.of(), Recency.NONE, 60, 2, 0).form(Shop.of("a", "b", "c"));
    }

    private static Reply reply(String text) {
        return new Reply(text, Reply.Finish.COMPLETE, 1, 1, List.of());
    }

    private static float[] scores(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Scores.class);
        return ((Answer.Scores) answer).scores();
    }

    private static AnswerFault fault(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Unusable.class);
        Answer.Unusable wrong = (Answer.Unusable) answer;
        SEEN.add(wrong.fault());
        assertThat(wrong.detail()).hasSizeLessThanOrEqualTo(201).doesNotContain("\n");
        return wrong.fault();
    }

    @AfterAll
    static void everyFaultIsCovered() {
        // A text alone can be too long.
        assertThat(SEEN).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(AnswerFault.TOO_LONG)));
    }

    @Test
    void scoresAreInTheOrderShown() {
        String text =
                "{\"scores\": [{\"item\": 2, \"score\": 0.25}, {\"score\": 1, \"item\": 1}, {\"item\":3,\"score\":0}]}";
        assertThat(scores(SCORED.read(reply(text), 3))).containsExactly(1, 0.25f, 0);
        assertThat(scores(SCORED.read(reply("```json\n" + text + "\n```\n"), 3)))
                .containsExactly(1, 0.25f, 0);
        assertThat(scores(SCORED.read(reply("  " + text + "\n"), 3))).containsExactly(1, 0.25f, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<think>D</think>\n\nA",
                "<think>\nD\n</think>A",
                "  <thinking>D</thinking> <reflection>D</reflection>A",
                "well, D\n</think>\nA",
                "<think>D\nA",
                "<analysis>so D then\n```json\nA\n```",
                "[THINK]D[/THINK]A",
                "\u25c1think\u25b7D\u25c1/think\u25b7A",
                "<think>D</think><answer>A</answer>",
                "<answer>A</answer>",
                "<|channel|>analysis<|message|>D<|end|><|start|>assistant<|channel|>final<|message|>A<|return|>",
                "A<|im_end|>",
                "A</s>",
                "```jsonA```",
                "```A```",
                "```json\r\nA\r\n```\r\n",
                "~~~\nA\n~~~",
                "```json\nA",
                "<think>D</think>```json\nA\n```"
            })
    void textAroundAnAnswerIsRemoved(String text) {
        String draft = "{\"scores\": [{\"item\": 1, \"score\": 0.9}, {\"item\": 2, \"score\": 0.9}]}";
        String answer = "{\"scores\": [{\"item\": 1, \"score\": 0.25}, {\"item\": 2, \"score\": 0.5}]}";
        assertThat(scores(SCORED.read(reply(text.replace("A", answer).replace("D", draft)), 2)))
                .containsExactly(0.25f, 0.5f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<think>A</think>I cannot say",
                "<think>A, or rather not",
                "Here you are: A",
                "A\nA",
                "A and that is all",
                "```json\nA\n```\nThat is all.",
                "<answer>A</answer> and more"
            })
    void reasoningAndProseAreNotAnswers(String text) {
        String answer = "{\"scores\": [{\"item\": 1, \"score\": 0.25}, {\"item\": 2, \"score\": 0.5}]}";
        assertThat(fault(SCORED.read(reply(text.replace("A", answer)), 2))).isEqualTo(AnswerFault.NOT_JSON);
        assertThat(fault(SCORED.read(reply("<think>" + answer + "</think>"), 2)))
                .isEqualTo(AnswerFault.EMPTY);
        assertThat(fault(SCORED.read(reply(answer + "</think>"), 2))).isEqualTo(AnswerFault.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_JSON           | certainly",
                "NOT_JSON           | {\"scores\": [{\"item\": 1, \"score\": .5}]}",
                "NOT_JSON           | Here it is: {\"scores\": []}",
                "NOT_JSON           | {\"scores\": []} {\"scores\": []}",
                "NOT_JSON           | {\"scores\": [], \"scores\": []}",
                "NOT_JSON           | {\"scores\": [{\"item\": 1, \"score\": NaN}]}",
                "NOT_JSON           | {\"scores\": [{\"item\": 1, \"score\": 0.5}",
                "WRONG_FORM         | [{\"item\": 1, \"score\": 0.5}]",
                "WRONG_FORM         | {\"score\": [{\"item\": 1, \"score\": 0.5}]}",
                "WRONG_FORM         | {\"scores\": {\"1\": 0.5}}",
                "WRONG_FORM         | {\"scores\": [0.5, 0.5]}",
                "WRONG_FORM         | {\"scores\": [{\"item\": \"1\", \"score\": 0.5}]}",
                "WRONG_FORM         | {\"scores\": [{\"item\": 1.5, \"score\": 0.5}]}",
                "WRONG_FORM         | {\"scores\": [{\"item\": 1, \"score\": 0.5, \"why\": \"\"}]}",
                "WRONG_FORM         | {\"scores\": [], \"why\": \"\"}",
                "WRONG_FORM         | 7",
                "WRONG_FORM         | null",
                "UNKNOWN_ITEM       | {\"scores\": [{\"item\": 3, \"score\": 0.5}]}",
                "UNKNOWN_ITEM       | {\"scores\": [{\"item\": 0, \"score\": 0.5}]}",
                "UNKNOWN_ITEM       | {\"scores\": [{\"item\": -1, \"score\": 0.5}]}",
                "UNKNOWN_ITEM       | {\"scores\": [{\"item\": 99999999999999999999, \"score\": 0.5}]}",
                "DOUBLED_ITEM       | {\"scores\": [{\"item\": 1, \"score\": 0.5}, {\"item\": 1, \"score\": 0.5}]}",
                "MISSING_ITEM       | {\"scores\": [{\"item\": 1, \"score\": 0.5}]}",
                "MISSING_ITEM       | {\"scores\": []}",
                "SCORE_OUT_OF_RANGE | {\"scores\": [{\"item\": 1, \"score\": 1.01}]}",
                "SCORE_OUT_OF_RANGE | {\"scores\": [{\"item\": 1, \"score\": -0.1}]}",
                "SCORE_OUT_OF_RANGE | {\"scores\": [{\"item\": 1, \"score\": 85}]}",
                "SCORE_OUT_OF_RANGE | {\"scores\": [{\"item\": 1, \"score\": 1e999}]}",
                "SCORE_OUT_OF_RANGE | {\"scores\": [{\"item\": 1, \"score\": \"0.5\"}]}",
                "SCORE_OUT_OF_RANGE | {\"scores\": [{\"item\": 1, \"score\": null}]}",
                "EMPTY              | '  '"
            })
    void wrongListsOfScoresHaveTheirFault(AnswerFault fault, String text) {
        assertThat(fault(SCORED.read(reply(text), 2))).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_JSON     | 2, 1",
                "WRONG_FORM   | [2, 1]",
                "WRONG_FORM   | {\"ranking\": [\"2\", \"1\"]}",
                "WRONG_FORM   | {\"ranking\": [2.0, 1]}",
                "UNKNOWN_ITEM | {\"ranking\": [2, 3]}",
                "DOUBLED_ITEM | {\"ranking\": [2, 2]}",
                "MISSING_ITEM | {\"ranking\": [2]}"
            })
    void wrongRankingsHaveTheirFault(AnswerFault fault, String text) {
        assertThat(fault(RANKED.read(reply(text), 2))).isEqualTo(fault);
    }

    @Test
    void truncatedAndRefusedRepliesAreNotRead() {
        String whole = "{\"ranking\": [1, 2]}";
        for (QuestionForm form : List.of(SCORED, RANKED)) {
            assertThat(fault(form.read(new Reply(whole, Reply.Finish.TRUNCATED, 1, 1, List.of()), 2)))
                    .isEqualTo(AnswerFault.TRUNCATED);
            assertThat(fault(form.read(new Reply(whole, Reply.Finish.REFUSED, 1, 1, List.of()), 2)))
                    .isEqualTo(AnswerFault.REFUSED);
        }
        assertThat(fault(YES_NO.read(new Reply("", Reply.Finish.REFUSED, 1, 1, List.of()), 1)))
                .isEqualTo(AnswerFault.REFUSED);
    }

    @Test
    void deeplyNestedJsonIsAFault() {
        assertThat(fault(SCORED.read(reply("[".repeat(100_000)), 2))).isEqualTo(AnswerFault.NOT_JSON);
        assertThat(fault(SCORED.read(reply("{\"scores\": " + "9".repeat(100_000) + "}"), 2)))
                .isIn(AnswerFault.NOT_JSON, AnswerFault.WRONG_FORM);
    }

    @Test
    void ranksBecomeScoresByTemperature() {
        float[] scores = scores(RANKED.read(reply("{\"ranking\": [3, 1, 2]}"), 3));
        assertThat(scores[2]).isEqualTo(1);
        assertThat((double) scores[0]).isCloseTo(Math.exp(-1 / 2.0), within(1e-7));
        assertThat((double) scores[1]).isCloseTo(Math.exp(-2 / 2.0), within(1e-7));
    }

    @Test
    void probabilitiesOfAllSpellingsAreAddedUp() {
        Reply reply = tokens("Yes", 0.3, " yes", 0.1, "\u0120YES", 0.1, "\u2581No", 0.2, "no.", 0.05, "Maybe", 0.2);
        assertThat((double) scores(YES_NO.read(reply, 1))[0]).isCloseTo(0.5 / 0.75, within(1e-6));
        assertThat(scores(YES_NO.read(tokens("\"yes", 0.9), 1))[0]).isEqualTo(1);
        assertThat(scores(YES_NO.read(tokens("NO", 0.9, "yesterday", 0.1), 1))[0])
                .isZero();
    }

    @Test
    void withoutYesOrNoThereIsNoScore() {
        assertThat(fault(YES_NO.read(tokens("I", 0.98, "yes", 0.01), 1))).isEqualTo(AnswerFault.WRONG_FORM);
        Reply odd = new Reply("x", Reply.Finish.COMPLETE, 1, 1, List.of(new Reply.Alternative("yes", Double.NaN)));
        assertThat(fault(YES_NO.read(odd, 1))).isEqualTo(AnswerFault.WRONG_FORM);
        assertThat(fault(YES_NO.read(reply("yes"), 1))).isEqualTo(AnswerFault.NO_LOG_PROBABILITIES);
        assertThat(fault(YES_NO.read(reply(""), 1))).isEqualTo(AnswerFault.EMPTY);
    }

    private static Reply tokens(Object... tokensAndProbabilities) {
        List<Reply.Alternative> alternatives = new java.util.ArrayList<>();
        for (int index = 0; index < tokensAndProbabilities.length; index += 2) {
            alternatives.add(new Reply.Alternative(
                    (String) tokensAndProbabilities[index], Math.log((double) tokensAndProbabilities[index + 1])));
        }
        return new Reply("x", Reply.Finish.TRUNCATED, 1, 1, alternatives);
    }
}
