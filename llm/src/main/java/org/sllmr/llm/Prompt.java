// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm;

import java.util.Optional;

/**
 * A prompt for a language model.
 *
 * @param system the instructions
 * @param user the question; only this part contains data of items and users
 * @param schema the JSON schema that the reply must follow, as JSON text; empty if there is none
 * @param logProbabilities number of alternatives of the first reply token to return with log-probabilities, 0 to 20
 * @param maxTokens maximum number of tokens of the reply, 1 or more
 */
public record Prompt(String system, String user, Optional<String> schema, int logProbabilities, int maxTokens) {}
