// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.visit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sllmr.configuration.Checks;

/**
 * Settings of the teacher that counts visits.
 *
 * @param historyLength L, the number of a user's last interactions that count, 1 to 1,000; 10 in the paper of S-LLMR, Section
 *     3.1
 * @param walks random walks from each item, 1 to 1,000,000
 * @param restart probability that a walk starts anew after a step, 0 to below 1; a step goes from an item over one of its users
 *     to one of that user's items
 * @param steps most steps of a walk, 1 to 100
 * @param neighbours T, how many items visited most are an item's neighbours, 1 to 10,000; 50 in PinSage (Ying et al. 2018,
 *     Section 4.2)
 */
public record VisitSettings(int historyLength, int walks, double restart, int steps, int neighbours) {
    /** Checks the ranges. */
    public VisitSettings {
        new Checks()
                .between("historyLength", historyLength, 1, 1000)
                .between("walks", walks, 1, 1_000_000)
                .fromBelow("restart", restart, 0, 1)
                .between("steps", steps, 1, 100)
                .between("neighbours", neighbours, 1, 10_000)
                .done();
    }

    /** The last 10 interactions, 1,000 walks of at most 3 steps that end after each with probability 0.5, 50 neighbours. */
    public static VisitSettings defaults() {
        return new VisitSettings(10, 1000, 0.5, 3, 50);
    }

    /** The settings by name in a fixed order, as in a teacher table's provenance. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("historyLength", Integer.toString(historyLength));
        values.put("walks", Integer.toString(walks));
        values.put("restart", Double.toString(restart));
        values.put("steps", Integer.toString(steps));
        values.put("neighbours", Integer.toString(neighbours));
        return values;
    }
}
