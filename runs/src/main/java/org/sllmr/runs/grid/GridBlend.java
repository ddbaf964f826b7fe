// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import org.sllmr.runs.BlendSettings;

/**
 * How a run of a grid is made of another one, without training.
 *
 * @param of the cell of the run that is blended; it has the same seed
 * @param settings what it is blended with
 */
public record GridBlend(GridCell of, BlendSettings settings) {}
