// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.List;
import org.sllmr.data.numeric.Exponential;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Supervision;

/** Weighs a pair by its preferred item's rank and score with the teacher, and by its rank with the model. */
final class RuleGate implements Gate {
    private final RuleGateSettings settings;
    private final TeacherTable teacher;
    private final RegionMeans means = new RegionMeans();

    RuleGate(RuleGateSettings settings, TeacherTable teacher) {
        this.settings = settings;
        this.teacher = teacher;
    }

    @Override
    public float[] open(Supervision supervision, float[] logits, Signals signals) {
        float[] gates = new float[supervision.pairs().size()];
        double all = settings.positionWeight() + settings.confidenceWeight() + settings.consistencyWeight();
        for (int pair = 0; pair < gates.length; pair++) {
            int row = supervision.pairs().preferred()[pair];
            double sum = settings.positionWeight() * Exponential.exp(-rank(supervision, row) / settings.decay())
                    + settings.confidenceWeight() * Exponential.exp(supervision.scores()[row] - 1.0)
                    + (isConsistent(supervision, logits, row) ? settings.consistencyWeight() : 0);
            gates[pair] = (float) (sum / all);
        }
        means.addPairs(supervision.pairs(), signals, gates);
        return gates;
    }

    /** How many of all items of the user the teacher prefers to that of a row. */
    private int rank(Supervision supervision, int row) {
        int user = supervision.rows().users()[row];
        float score = supervision.scores()[row];
        int rank = 0;
        for (int index = teacher.from(user); index < teacher.to(user); index++) {
            rank += teacher.scores()[index] > score ? 1 : 0;
        }
        return rank;
    }

    /** Whether the model prefers fewer than so many of the user's rows in the step. */
    private boolean isConsistent(Supervision supervision, float[] logits, int row) {
        int[] users = supervision.rows().users();
        int better = 0;
        // A user's rows follow each other.
        for (int other = row - 1; other >= 0 && users[other] == users[row]; other--) {
            better += logits[other] > logits[row] ? 1 : 0;
        }
        for (int other = row + 1; other < users.length && users[other] == users[row]; other++) {
            better += logits[other] > logits[row] ? 1 : 0;
        }
        return better < settings.top();
    }

    @Override
    public void learn(float[] derivatives) {
        // Has no parameters.
    }

    @Override
    public GateReport report() {
        return new GateReport(List.of(), means.drain());
    }
}
