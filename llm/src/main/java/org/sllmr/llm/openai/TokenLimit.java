// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

/** What a server calls the most tokens of a reply. */
public enum TokenLimit {
    /** {@code max_completion_tokens}, as OpenAI does now and its reasoning models demand. */
    MAX_COMPLETION_TOKENS,
    /** {@code max_tokens}, the older name that most other servers know. */
    MAX_TOKENS
}
