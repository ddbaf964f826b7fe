// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

/**
 * What a usable reply has, for messages about replies that are not.
 *
 * @param what such as {@code scores}
 * @param reasoningKey the setting of the tokens for reasoning
 * @param remedy what else may help
 * @param export the command that writes what a store has to a file, before the store's name
 */
public record Wanted(String what, String reasoningKey, String remedy, String export) {
    static final Wanted SCORES = new Wanted(
            "scores",
            "language.question.reasoningTokens",
            "Another model or language.question.kind may work better",
            "sllmr score export");
    static final Wanted TEXT = new Wanted(
            "text",
            "language.texts.reasoningTokens",
            "Another model or language.texts.words may work better",
            "sllmr score texts --export");
}
