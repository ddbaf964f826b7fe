// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.World;
import org.sllmr.training.calibration.NewItems;
import org.sllmr.training.supervision.RowSettings;
import org.sllmr.training.supervision.Supervision;

class CalibratedPairwiseTest {
    private static final double LAMBDA = 2;
    private static final double BONUS = 1.5;

    private final World world = World.small(1);
    private final TeacherTable teacher = world.holdingOut();

    @Test
    void theBonusIsAddedToTheLogOddsOfLongTailItems() {
        Supervision supervision = regularizer(0).select(world.data().training().instances(), new Seed(4));
        double[] without = targets(regularizer(0), supervision);
        double[] with = targets(regularizer(BONUS), supervision);
        boolean[] tail = longTail();
        int moved = 0;
        for (int row = 0; row < without.length; row += 2) {
            int first = tail[supervision.rows().items()[row]] ? 1 : 0;
            int second = tail[supervision.rows().items()[row + 1]] ? 1 : 0;
            assertThat(with[row] - without[row]).isCloseTo(BONUS * (first - second), within(1e-3));
            moved += Math.abs(first - second);
        }
        assertThat(moved).as("pairs of a long-tail item and another").isBetween(1, without.length / 2 - 1);
    }

    @Test
    void theAdvisedShareIsAboveThePresentOne() {
        // A tenth of 60 users, each with the item taken and ten others.
        assertThatThrownBy(() -> CalibratedPairwise.defaults().regularizer(world.data(), holdingOut(6, 10)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("hold 60 comparisons of held-out users")
                .hasMessageContaining("10 % of the users who could be are held out")
                .hasMessageContaining("a larger plan.heldOut.share, such as 0.21,");
        assertThatThrownBy(() -> CalibratedPairwise.defaults().regularizer(world.data(), holdingOut(30, 1)))
                .hasMessageContaining("hold 30 comparisons of held-out users")
                .hasMessageContaining("(at most 0.5) or plan.heldOut.compared, or prepare more users");
        assertThatThrownBy(() -> CalibratedPairwise.defaults().regularizer(world.data(), holdingOut(0, 0)))
                .hasMessageContaining("plan.heldOut.share above 0, such as 0.1,");
    }

    /** Scores of the first users' last items and others. */
    private TeacherTable holdingOut(int held, int compared) {
        InteractionLog log = world.data().log();
        int[] offsets = new int[log.users() + 1];
        boolean[] heldOut = new boolean[log.users()];
        IntStream.Builder items = IntStream.builder();
        for (int user = 0; user < log.users(); user++) {
            heldOut[user] = user < held;
            int last = log.item(user, log.length(user) - 1);
            // Everyone has scores, as from a real teacher.
            int first = Math.min(last, world.data().catalogue().size() - 1 - Math.max(1, compared));
            for (int item = first; item <= first + Math.max(1, compared); item++) {
                items.add(item);
            }
            offsets[user + 1] = offsets[user] + Math.max(1, compared) + 1;
        }
        float[] scores = new float[offsets[log.users()]];
        for (int row = 0; row < scores.length; row += 2) {
            scores[row] = 0.5f;
        }
        return new TeacherTable(offsets, items.build().toArray(), scores, heldOut);
    }

    /** Log-odds that each user's first row is preferred to the second, from the slope at equal logits. */
    private static double[] targets(Regularizer regularizer, Supervision supervision) {
        float[] logits = new float[supervision.size()];
        float[] gradient = new float[supervision.size()];
        regularizer.apply(supervision, logits, gradient, () -> logits);
        double scale = LAMBDA / (supervision.size() / 2.0);
        double[] targets = new double[supervision.size()];
        for (int row = 0; row < targets.length; row++) {
            double probability = 0.5 - gradient[row] / scale;
            targets[row] = Math.log(probability / (1 - probability));
        }
        return targets;
    }

    /** Items as rare, without the held-out interactions, as the most popular long-tail item. */
    private boolean[] longTail() {
        InteractionLog log = world.data().log();
        Popularity popularity = Popularity.of(world.data());
        int most = Arrays.stream(popularity.longTailItems())
                .map(popularity::positives)
                .max()
                .orElseThrow();
        int[] positives = popularity.positives();
        boolean[] heldOut = teacher.heldOut();
        for (int user = 0; user < heldOut.length; user++) {
            if (heldOut[user]) {
                positives[log.item(user, log.length(user) - 1)]--;
            }
        }
        boolean[] tail = new boolean[positives.length];
        for (int item = 0; item < tail.length; item++) {
            tail[item] = positives[item] <= most;
        }
        return tail;
    }

    private Regularizer regularizer(double bonus) {
        return RandomReference.to(new CalibratedPairwise(
                        LAMBDA, new RowSettings(60, 2), 1, bonus, true, false, NewItems.UNPOPULAR, 1, 0, false)
                .regularizer(world.data(), teacher));
    }

    @Test
    void aBonusMustBeFinite() {
        assertThatThrownBy(() -> new CalibratedPairwise(
                        1, RowSettings.defaults(), 1, Double.NaN, true, false, NewItems.UNPOPULAR, 1, 0, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("tailBonus: is NaN, allowed is any finite number");
    }
}
