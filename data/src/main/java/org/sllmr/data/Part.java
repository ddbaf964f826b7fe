// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * Samples, and the interactions that their histories may hold.
 *
 * @param log the interactions that are known when the last of the samples is scored, and no later ones; a sample's
 *     position says how many of them came before it
 * @param samples the samples
 */
public record Part(InteractionLog log, Samples samples) {}
