// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

import org.sllmr.llm.Prompt;

/**
 * One question of a batch.
 *
 * @param key what its outcome is known by; no two questions have the same
 * @param prompt the question
 */
public record BatchRequest(String key, Prompt prompt) {}
