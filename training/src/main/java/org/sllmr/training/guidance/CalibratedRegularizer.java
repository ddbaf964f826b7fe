// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.calibration.Preference;
import org.sllmr.training.gate.GateReport;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.supervision.RowSelector;
import org.sllmr.training.supervision.Supervision;

/** Cross entropy of all pairs among a user's rows against target odds that are fitted once, before the first epoch. */
final class CalibratedRegularizer implements Regularizer {
    private final CalibratedPairwise settings;
    private final TrainingData data;
    private final TeacherTable teacher;
    private final Comparisons comparisons;
    private final boolean[] heldOut;
    private final RowSelector selector;
    private final PairTally tally = new PairTally();
    private @Nullable Preference preference;

    /** g(u, i) of each entry of the teacher's table, tail bonus included. */
    private float[] odds = new float[0];

    CalibratedRegularizer(
            CalibratedPairwise settings, TrainingData data, TeacherTable teacher, Comparisons comparisons) {
        this.settings = settings;
        this.data = data;
        this.teacher = teacher;
        this.comparisons = comparisons;
        this.heldOut = teacher.heldOut();
        this.selector = new RowSelector(data.log(), teacher, settings.rows());
    }

    @Override
    public Optional<Reference> reference() {
        return Optional.of(new WholeTable());
    }

    @Override
    public Supervision select(Instances samples, Seed step) {
        return selector.select(samples, step);
    }

    @Override
    public double apply(Supervision supervision, float[] logits, float[] gradient, Resampler resampler) {
        int from = logits.length - supervision.size();
        int[] users = supervision.rows().users();
        double[] targets = targets(supervision);
        int pairs = pairs(users);
        double scale = settings.lambda() / Math.max(1, pairs);
        double loss = 0;
        for (int row = 0; row < users.length; row++) {
            for (int other = row + 1; other < users.length && users[other] == users[row]; other++) {
                double difference = (double) logits[from + row] - logits[from + other];
                double target = Logistic.sigmoid(targets[row] - targets[other]);
                double entropy = Logistic.crossEntropy(difference, target);
                float slope = (float) (scale * (Logistic.sigmoid(difference) - target));
                loss += scale * entropy;
                gradient[from + row] += slope;
                gradient[from + other] -= slope;
                tally.add(entropy, difference, target);
            }
        }
        tally.step(supervision.size());
        return loss;
    }

    private double[] targets(Supervision supervision) {
        double[] targets = new double[supervision.size()];
        for (int row = 0; row < targets.length; row++) {
            int user = supervision.rows().users()[row];
            targets[row] = odds[teacher.indexOf(user, supervision.rows().items()[row])];
        }
        return targets;
    }

    /** Number of pairs; a user's rows are consecutive. */
    private static int pairs(int[] users) {
        int pairs = 0;
        int first = 0;
        for (int row = 0; row < users.length; row++) {
            first = users[row] == users[first] ? first : row;
            pairs += row - first;
        }
        return pairs;
    }

    @Override
    public GuidanceReport report() {
        Optional<GateReport> fitted =
                Optional.ofNullable(preference).map(known -> GateReport.of(known.names(), known.weights(), List.of()));
        return tally.drain(fitted, Optional.ofNullable(preference).flatMap(Preference::use));
    }

    /** Asks for the backbone's logit of every entry of the teacher's table, with the history that the teacher saw. */
    private final class WholeTable implements Reference {
        @Override
        public int maxEpochs() {
            return settings.referenceEpochs();
        }

        @Override
        public OptionalInt guidedEpochs() {
            return settings.guidedEpochs() == 0 ? OptionalInt.empty() : OptionalInt.of(settings.guidedEpochs());
        }

        @Override
        public boolean fallBack() {
            return settings.fallBack();
        }

        @Override
        public boolean[] heldOut() {
            return heldOut;
        }

        @Override
        public Instances rows() {
            InteractionLog log = data.log();
            int[] users = new int[teacher.size()];
            int[] positions = new int[teacher.size()];
            for (int user = 0; user < teacher.users(); user++) {
                int position = log.length(user) - (heldOut[user] ? 1 : 0);
                Arrays.fill(users, teacher.from(user), teacher.to(user), user);
                Arrays.fill(positions, teacher.from(user), teacher.to(user), position);
            }
            return new Instances(users, teacher.items(), positions);
        }

        @Override
        public void accept(float[] logits) {
            float[] compared = new float[comparisons.rows().size()];
            for (int row = 0; row < compared.length; row++) {
                compared[row] = logits[
                        teacher.indexOf(
                                comparisons.rows().users()[row],
                                comparisons.rows().items()[row])];
            }
            Preference fitted = Preference.fit(
                    data, comparisons, compared, settings.ridge(), settings.terms(), settings.newItems());
            odds = new float[teacher.size()];
            for (int user = 0; user < teacher.users(); user++) {
                for (int index = teacher.from(user); index < teacher.to(user); index++) {
                    int item = teacher.items()[index];
                    double bonus = fitted.longTail(item) ? settings.tailBonus() : 0;
                    odds[index] = (float) (fitted.odds(user, item, teacher.scores()[index], logits[index]) + bonus);
                }
            }
            preference = fitted;
        }
    }
}
