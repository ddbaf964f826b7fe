// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.io.Serializable;

/**
 * Steps that all tasks make at once.
 *
 * @param history how the model became what it is before them
 * @param learningRate of the steps
 * @param epoch from 1
 * @param first number of the epoch's steps before them
 * @param most number of steps, fewer if the epoch ends before
 */
record Round(History history, double learningRate, int epoch, int first, int most) implements Serializable {}
