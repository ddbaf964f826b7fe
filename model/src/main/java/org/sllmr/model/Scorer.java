// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;

/** Anything that scores (user, item, position) rows; the same code path with and without guidance. */
public interface Scorer {
    /**
     * The logits s(u, i), computed as in serving: no dropout, batch normalisation by running statistics.
     *
     * <p>Batch size, order and neighbours of a row never change its score.
     *
     * @param log where histories and contexts are looked up
     * @param instances the rows
     * @return one logit a row
     */
    float[] score(InteractionLog log, Instances instances);
}
