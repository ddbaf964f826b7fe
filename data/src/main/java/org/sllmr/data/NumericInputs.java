// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.List;

/**
 * What is known in numbers of users, interactions and pairs; that of items is in the {@link Catalogue}.
 *
 * @param userNumbers numeric fields of users, one row a user
 * @param userVectors vectors of users, one row a user
 * @param contextNumbers numeric fields of interactions, one row an interaction of the full log (see {@link
 *     InteractionLog#index})
 * @param pairs numbers of pairs of user and item
 * @param samples vectors of training samples
 */
public record NumericInputs(
        List<NumberColumn> userNumbers,
        List<VectorColumn> userVectors,
        List<NumberColumn> contextNumbers,
        List<PairColumn> pairs,
        List<SampleVectors> samples) {
    /** Nothing. */
    public static final NumericInputs NONE = new NumericInputs(List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public NumericInputs {
        userNumbers = List.copyOf(userNumbers);
        userVectors = List.copyOf(userVectors);
        contextNumbers = List.copyOf(contextNumbers);
        pairs = List.copyOf(pairs);
        samples = List.copyOf(samples);
    }

    /** Without vectors of samples. */
    public NumericInputs(
            List<NumberColumn> userNumbers,
            List<VectorColumn> userVectors,
            List<NumberColumn> contextNumbers,
            List<PairColumn> pairs) {
        this(userNumbers, userVectors, contextNumbers, pairs, List.of());
    }
}
