// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import org.sllmr.data.Seed;
import org.sllmr.model.Scorer;

/**
 * What guidance may use before an epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param model the current model
 * @param lookahead scores after one more step
 * @param seed the epoch's own
 */
public record EpochStart(int epoch, Scorer model, Lookahead lookahead, Seed seed) {}
