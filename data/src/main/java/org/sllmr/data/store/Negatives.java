// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

/**
 * The drawn negatives of a leave-one-out split: items that the user never interacted with, stored so that every run uses the same ones.
 *
 * @param perPositive negatives of each positive, at least 1
 * @param training items for the training positives, users one after the other, positions rising: {@code [training
 *     positives x perPositive]}
 * @param validation items for the validation positives: {@code [users x perPositive]}
 * @param test items for the test positives: {@code [users x perPositive]}
 */
public record Negatives(int perPositive, int[] training, int[] validation, int[] test) implements StoredSplit {}
