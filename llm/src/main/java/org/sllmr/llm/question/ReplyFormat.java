// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;

/**
 * The reply that a form requests.
 *
 * @param schema its JSON schema, if it is JSON
 * @param logProbabilities number of alternatives of its first token
 * @param maxTokens maximum number of its tokens, without reasoning
 */
record ReplyFormat(Optional<String> schema, int logProbabilities, int maxTokens) {}
