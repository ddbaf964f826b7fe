// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a run of a grid is made of another one, without training.
 *
 * @param of the cell of the run that is blended; it has the same seed
 * @param teacher the scores that it is blended with; empty for a constant alone
 * @param tailConstant added to the scores of long-tail items, in logits
 */
public record GridBlend(GridCell of, Optional<Path> teacher, double tailConstant) {}
