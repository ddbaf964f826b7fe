// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.nio.file.Path;
import java.util.Optional;
import org.sllmr.training.calibration.NewItems;

/**
 * What a run is blended with.
 *
 * @param teacher the file of the teacher's scores; empty for the model's logit with a constant
 * @param tailConstant added to the scores of long-tail items, in logits
 * @param newItems the popularity of items that are no training positive
 */
public record BlendSettings(Optional<Path> teacher, double tailConstant, NewItems newItems) {}
