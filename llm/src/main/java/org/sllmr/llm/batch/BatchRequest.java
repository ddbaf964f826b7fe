// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

import org.sllmr.llm.Prompt;

/**
 * One question of a batch.
 *
 * @param key identifies the outcome; unique within a call
 * @param prompt the question
 */
public record BatchRequest(String key, Prompt prompt) {}
