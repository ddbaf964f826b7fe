// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

/** The field that limits the tokens of a reply. */
public enum TokenLimit {
    /** {@code max_completion_tokens}, OpenAI's current name, which its reasoning models require. */
    MAX_COMPLETION_TOKENS,
    /** {@code max_tokens}, the older name that most other servers know. */
    MAX_TOKENS
}
