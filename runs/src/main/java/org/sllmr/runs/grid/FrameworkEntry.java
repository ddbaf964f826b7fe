// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.util.Map;
import java.util.Optional;
import org.sllmr.training.calibration.NewItems;
import org.sllmr.training.guidance.Guidance;
import org.sllmr.training.guidance.None;

/**
 * A framework of a grid: how training is guided.
 *
 * @param label its name in tables; default: its name in the grid
 * @param guidance the guidance, instead of that of the backbone's configuration
 * @param set further settings, written as after {@code --set}
 * @param blendOf another framework whose runs are served in another way: blended, with nothing trained; empty for a
 *     framework that trains
 * @param withTeacher whether they are blended with the data's teacher
 * @param tailConstant added to the scores of long-tail items, in logits
 * @param newItems what such a blend takes as the popularity of items that are no training positive
 */
public record FrameworkEntry(
        Optional<String> label,
        Guidance guidance,
        Map<String, String> set,
        Optional<String> blendOf,
        boolean withTeacher,
        double tailConstant,
        NewItems newItems) {
    /** The backbone alone. */
    public static FrameworkEntry defaults() {
        return new FrameworkEntry(
                Optional.empty(), None.defaults(), Map.of(), Optional.empty(), true, 0, NewItems.UNPOPULAR);
    }
}
