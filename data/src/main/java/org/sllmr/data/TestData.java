// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * The test interactions; only evaluation accepts this type, training does not.
 *
 * @param log the interactions that the histories of test samples hold
 * @param test test samples
 */
public record TestData(InteractionLog log, Samples test) {}
