// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.graph;

/**
 * A value beside the logit with a loss of its own: training minimizes, with the objective, {@code weight} times the value's
 * mean over the samples of a batch. Scoring does not compute it.
 *
 * @param name unique in its network
 * @param loss one float a row
 * @param weight factor of the mean, above 0
 */
public record Head(String name, Node loss, double weight) {}
