// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.supervision.RowSettings;

/**
 * Pairs of a user's items that are pulled to the probability that the user prefers the one, by what the teacher and the
 * backbone alone know together: selective guidance by a target instead of a gate.
 *
 * <p>L_LLM = mean over pairs of the cross entropy of sigmoid(s(u, i) - s(u, j)) against P(i over j), which {@link
 * org.sllmr.training.calibration.Preference} has fitted to held-out training interactions. The backbone is trained alone
 * first, without what is held out, for P; then it goes on from its best epoch, guided and on everything. P does not change
 * with the model that it guides: a target that follows its pupil lets both drift.
 *
 * <p>Where the teacher's word has proved to be worth nothing, P is what the backbone says already, and guidance teaches it
 * nothing but its own calibration (self-distillation, which {@code useTeacher: false} is on its own). Where it is worth
 * much, the pair is pulled as far as the odds say and no further: there is no margin to choose, and a pair that is likely
 * to be the other way round pushes the other way, whatever the teacher says.
 *
 * <p>The teacher's table must hold users out: plan candidates with {@code heldOut.share} above 0.
 *
 * @param lambda weight of L_LLM; 0 or more; both losses are cross entropies, so 1 counts a pair as much as a sample
 * @param rows how many of the users' items join a step; all pairs among a user's rows are compared
 * @param ridge weight of the penalty on P's weights, of standardized features; above 0
 * @param tailBonus added to the log-odds of long-tail items, in logits; at b, an interaction with a long-tail item counts
 *     as e^b interactions. 0 follows what was held out; above, long-tail items rank higher, first at little cost
 *     overall and then at more (logit adjustment: Menon et al., "Long-tail learning via logit adjustment", ICLR 2021)
 * @param useTeacher whether P knows the teacher's word; without it guidance is self-distillation, the control of what the
 *     teacher is worth
 * @param referenceEpochs most epochs of the backbone alone, 1 to 10,000; it stops early as training does
 */
public record CalibratedPairwise(
        double lambda, RowSettings rows, double ridge, double tailBonus, boolean useTeacher, int referenceEpochs)
        implements Guidance {
    /** Held-out comparisons below which nothing is fitted. */
    private static final int FEWEST = 100;

    /** Checks the ranges. */
    public CalibratedPairwise {
        new Checks()
                .atLeast("lambda", lambda, 0)
                .require(ridge > 0 && Double.isFinite(ridge), "ridge", "is " + ridge + ", allowed is above 0")
                .require(Double.isFinite(tailBonus), "tailBonus", "is " + tailBonus + ", allowed is any finite number")
                .between("referenceEpochs", referenceEpochs, 1, 10_000)
                .done();
    }

    /**
     * What was best by validation AUC for DCNv2 on Amazon Beauty: lambda 10, 64 rows a step (128 end where they do), 8 a
     * user; without a bonus, since how much a better tail may cost overall is for its owner to say.
     */
    public static CalibratedPairwise defaults() {
        return new CalibratedPairwise(10, new RowSettings(64, 8), 1, 0, true, 40);
    }

    @Override
    public OptionalInt epochsAlone() {
        return OptionalInt.of(referenceEpochs);
    }

    @Override
    public Regularizer regularizer(TrainingData data, @Nullable TeacherTable teacher) {
        TeacherTable checked = TeacherCheck.forPairs(data, teacher);
        Comparisons comparisons = Comparisons.of(data, checked);
        if (comparisons.size() < FEWEST) {
            throw new InvalidInputException(
                    "teacher scores",
                    "hold " + comparisons.size() + " comparisons of held-out users with other items, and "
                            + "calibrated-pairwise needs at least " + FEWEST
                            + "; plan with plan.heldOut.share above 0, such as 0.05, and score again");
        }
        return new CalibratedRegularizer(this, data, checked, comparisons);
    }
}
