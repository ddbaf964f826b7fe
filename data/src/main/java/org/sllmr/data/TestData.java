// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * The test interactions; only evaluation accepts this type, training does not.
 *
 * @param log all interactions but each user's last, the test positive
 * @param test test samples; their position is the user's number of interactions without the last
 */
public record TestData(InteractionLog log, Samples test) {}
