// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.List;

/**
 * What is known in numbers of users, interactions and pairs; that of single items is in the {@link Catalogue}.
 *
 * @param userNumbers numeric fields of users, one row a user
 * @param userVectors vectors of users, one row a user
 * @param contextNumbers numeric fields of interactions, one row an interaction of the full log (see {@link
 *     InteractionLog#index})
 * @param pairs numbers of pairs of user and item
 * @param samples vectors of training samples
 * @param neighbours numbers of pairs of items
 */
public record NumericInputs(
        List<NumberColumn> userNumbers,
        List<VectorColumn> userVectors,
        List<NumberColumn> contextNumbers,
        List<PairColumn> pairs,
        List<SampleVectors> samples,
        List<NeighbourColumn> neighbours) {
    /** Nothing. */
    public static final NumericInputs NONE = new NumericInputs(List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public NumericInputs {
        userNumbers = List.copyOf(userNumbers);
        userVectors = List.copyOf(userVectors);
        contextNumbers = List.copyOf(contextNumbers);
        pairs = List.copyOf(pairs);
        samples = List.copyOf(samples);
        neighbours = List.copyOf(neighbours);
    }

    /** Without vectors of samples and numbers of pairs of items. */
    public NumericInputs(
            List<NumberColumn> userNumbers,
            List<VectorColumn> userVectors,
            List<NumberColumn> contextNumbers,
            List<PairColumn> pairs) {
        this(userNumbers, userVectors, contextNumbers, pairs, List.of(), List.of());
    }
}
