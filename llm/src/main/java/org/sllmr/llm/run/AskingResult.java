// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * How a run ended.
 *
 * @param end why
 * @param message the reason for people; "" when it is done
 * @param progress how far it came
 */
public record AskingResult(AskingEnd end, String message, AskingProgress progress) {}
