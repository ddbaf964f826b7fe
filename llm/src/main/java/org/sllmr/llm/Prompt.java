// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm;

import java.util.Optional;

/**
 * What is sent to a language model.
 *
 * @param system the instructions
 * @param user the question; data of items and users stands here only
 * @param schema the JSON schema that the reply has to follow, as JSON text, where one is asked for
 * @param logProbabilities how many alternatives of the first reply token to ask for with their log-probabilities, 0 to
 *     20; 0 asks for none
 * @param maxTokens most tokens of the reply, 1 or more
 */
public record Prompt(String system, String user, Optional<String> schema, int logProbabilities, int maxTokens) {}
