// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.calibration.EnoughComparisons;
import org.sllmr.training.calibration.NewItems;
import org.sllmr.training.calibration.TeacherTerms;
import org.sllmr.training.supervision.RowSettings;

/**
 * Pulls pairs of a user's items towards a target probability that the user prefers the first, fitted from teacher,
 * backbone alone and popularity: selective guidance by a target instead of a gate.
 *
 * <p>L_LLM = mean over pairs of the cross entropy of sigmoid(s(u, i) - s(u, j)) against P(i over j), which {@link
 * org.sllmr.training.calibration.Preference} has fitted to held-out training interactions. For P the backbone is
 * trained alone first, without the held-out interactions; guided training on all interactions continues from its best
 * epoch. P stays fixed: refitted to the guided model, target and model drift together.
 *
 * <p>If the teacher's scores add no information, P is the calibrated preference of backbone and popularity, and
 * guidance is self-distillation (as with {@code useTeacher: false}). If they do, each pair is pulled to its target and
 * no further: there is no margin to choose, and a pair whose order is probably the reverse of the teacher's is pulled
 * that way.
 *
 * <p>The teacher's table must hold users out: plan candidates with {@code heldOut.share} above 0.
 *
 * @param lambda weight of L_LLM; 0 or more; both losses are cross entropies, so at 1 a pair counts as much as a sample
 * @param rows how many rows are drawn a step; all pairs among a user's rows are used
 * @param ridge weight of the penalty on P's weights for standardized features; above 0
 * @param tailBonus added to the log-odds of long-tail items, in logits; at b, an interaction with a long-tail item
 *     counts as e^b interactions. 0 follows the held-out interactions; above 0 long-tail items rank higher, at a
 *     growing cost overall (logit adjustment: Menon et al., "Long-tail learning via logit adjustment", ICLR 2021)
 * @param useTeacher whether P uses the teacher's scores; without them guidance is self-distillation, the control that
 *     shows what the scores add
 * @param selective whether P uses the scores only for those users and items where held-out interactions show that they
 *     add something ({@link org.sllmr.training.calibration.TeacherUse}); otherwise for all
 * @param newItems what P takes as the popularity of items that are no training positive
 * @param referenceEpochs maximum epochs of the backbone alone, 1 to 10,000; it stops early as training does
 * @param guidedEpochs most guided epochs, 0 to 10,000, over which the learning rate falls along half a cosine to nearly 0
 *     (Loshchilov and Hutter, "SGDR", ICLR 2017, equation 5); if they are more than 8, no more than the backbone alone
 *     took, which bounds what guidance costs; at 0 validation decides on epochs and rate, as for the backbone alone, which
 *     takes about twice as many
 * @param fallBack whether the backbone alone is kept if no guided epoch is better on validation: a good teacher is no
 *     help if lambda and learning rate do not go together
 */
public record CalibratedPairwise(
        double lambda,
        RowSettings rows,
        double ridge,
        double tailBonus,
        boolean useTeacher,
        boolean selective,
        NewItems newItems,
        int referenceEpochs,
        int guidedEpochs,
        boolean fallBack)
        implements Guidance {
    /** Checks the ranges. */
    public CalibratedPairwise {
        new Checks()
                .atLeast("lambda", lambda, 0)
                .require(ridge > 0 && Double.isFinite(ridge), "ridge", "is " + ridge + ", allowed is above 0")
                .require(Double.isFinite(tailBonus), "tailBonus", "is " + tailBonus + ", allowed is any finite number")
                .between("referenceEpochs", referenceEpochs, 1, 10_000)
                .between("guidedEpochs", guidedEpochs, 0, 10_000)
                .done();
    }

    /**
     * The best by validation AUC for DCNv2 on Amazon Beauty: lambda 10, 64 rows a step (128 gain the same), 8 a user.
     * No bonus: whether a better tail is worth its cost overall is the user's choice.
     */
    public static CalibratedPairwise defaults() {
        return new CalibratedPairwise(10, new RowSettings(64, 8), 1, 0, true, true, NewItems.UNPOPULAR, 40, 12, true);
    }

    /** Which of the teacher's terms P has. */
    TeacherTerms terms() {
        if (!useTeacher) {
            return TeacherTerms.NONE;
        }
        return selective ? TeacherTerms.WHERE_THEY_ADD : TeacherTerms.EVERYWHERE;
    }

    @Override
    public OptionalInt epochsAlone() {
        return OptionalInt.of(referenceEpochs);
    }

    @Override
    public Regularizer regularizer(TrainingData data, @Nullable TeacherTable teacher) {
        TeacherTable checked = TeacherCheck.forPairs(data, teacher);
        Comparisons all = Comparisons.of(data, checked);
        Comparisons comparisons = newItems == NewItems.AVERAGE ? all.ofSeenItems(data) : all;
        EnoughComparisons.check(comparisons, data, checked, "calibrated-pairwise")
                .ifPresent(problem -> {
                    throw new InvalidInputException(List.of(problem));
                });
        return new CalibratedRegularizer(this, data, checked, comparisons);
    }
}
