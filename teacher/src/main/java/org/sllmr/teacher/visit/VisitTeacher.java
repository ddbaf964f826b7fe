// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.visit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.Teacher;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanHistories;

/**
 * A teacher without texts and without training: how often random walks from the items of a history visit an item (PinSage's
 * neighbourhoods, Ying et al. 2018, Section 3.1).
 *
 * <p>With s, the sum over the history of the candidate's weight among each item's neighbours, the score is s / (s + 1 / T): 0.5
 * for the weight of an average one of T neighbours, 0 for an item that no walk has visited. A history whose items have no
 * neighbours gives no scores.
 *
 * <p>It knows interactions alone. So it says little of rare items, and is a teacher to compare others with.
 */
public final class VisitTeacher implements Teacher {
    /** Name in results. */
    public static final String NAME = "visited-neighbours";

    private final VisitedItems visited;
    private final VisitSettings settings;
    private final Map<String, String> described;

    /** A teacher of visits that were counted. */
    public VisitTeacher(VisitedItems visited, VisitSettings settings) {
        this.visited = visited;
        this.settings = settings;
        this.described = new LinkedHashMap<>(settings.values());
    }

    /**
     * Walks over the training interactions that a plan does not hold out, under the plan's seed.
     *
     * @param histories of the plan's users
     * @param itemCount number of items of the catalogue
     */
    public static VisitTeacher of(
            PlanHistories histories, int itemCount, VisitSettings settings, Blocks blocks, ProgressListener listener)
            throws InterruptedException {
        CandidatePlan plan = histories.plan();
        Seed seed = new Seed(plan.origin().seed()).child("random walks");
        return new VisitTeacher(VisitedItems.of(histories, itemCount, settings, seed, blocks, listener), settings);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** A hash of all neighbours. */
    @Override
    public String model() {
        return visited.hash();
    }

    @Override
    public Map<String, String> settings() {
        return described;
    }

    @Override
    public int historyLength() {
        return settings.historyLength();
    }

    @Override
    public void score(int[] history, int historySize, int[] candidates, int from, int to, float[] scores) {
        boolean any = false;
        for (int index = 0; index < historySize; index++) {
            any |= visited.has(history[index]);
        }
        for (int candidate = from; candidate < to; candidate++) {
            float sum = 0;
            for (int index = 0; index < historySize; index++) {
                sum += visited.weight(history[index], candidates[candidate]);
            }
            scores[candidate] = any ? sum / (sum + 1f / settings.neighbours()) : NO_SCORE;
        }
    }
}
