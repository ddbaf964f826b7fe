// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.data.Instances;
import org.sllmr.teacher.TeacherSpread;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.calibration.LinearFit;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Supervision;

/**
 * alpha(u, i, j) = min(1, max(0, w . z / r)), where w . z is the expected rise of d = s(u, i) - s(u, j) by a step on
 * held-out interactions, and r the root mean square of the changes that one such step makes to any pair's d. Where
 * steps on different held-out batches disagree, their mean, and so the gate, is small.
 *
 * <p>Let L be the loss on held-out interactions and A the positive definite matrix by which the optimizer scales a
 * gradient. A step on a pair whose hinge is above 0 moves the parameters by A grad d, which changes L by grad L . A
 * grad d. A step on held-out interactions moves them by -A grad L, which changes d by -grad d . A grad L: the same
 * number with the other sign, as A is symmetric. So the pairs to learn from are those whose d a held-out step raises,
 * weighted by how much it raises d: the weight that Ren et al., "Learning to Reweight Examples for Robust Deep
 * Learning" (ICML 2018), derive for single examples. Here it is regressed on features of the pair, so that few held-out
 * interactions suffice for all pairs.
 *
 * <p>The derivative is a finite difference: one real optimizer step on a held-out batch minus one with a gradient of 0,
 * which removes momentum and weight decay; both are undone. Before each epoch several batches are tried, and w is the
 * linear regression of their mean on {@link AlignmentFeatures}.
 */
final class AlignedGate implements Gate {
    private final AlignedGateSettings settings;
    private final GateContext context;
    private final HeldOutBatches batches;
    private final ProbePairs pairs;
    private final AlignmentFeatures features;
    private final double[] values = new double[AlignmentFeatures.NAMES.size()];
    private final RegionMeans means = new RegionMeans();
    private double[] weights = new double[AlignmentFeatures.NAMES.size()];

    AlignedGate(AlignedGateSettings settings, GateContext context, Comparisons comparisons) {
        this.settings = settings;
        this.context = context;
        this.batches = new HeldOutBatches(comparisons);
        this.pairs = new ProbePairs(context.data().log(), context.teacher());
        this.features = new AlignmentFeatures(context.data(), TeacherSpread.of(context.teacher()));
    }

    @Override
    public boolean holdsOut() {
        return true;
    }

    @Override
    public void beforeEpoch(EpochStart start) {
        Supervision probed = pairs.draw(settings.pairs(), start.seed().child("pairs"));
        double[] raised = new double[probed.pairs().size()];
        double squares = 0;
        for (int probe = 0; probe < settings.probes(); probe++) {
            double[] once = raised(start, probed, probe);
            for (int pair = 0; pair < raised.length; pair++) {
                raised[pair] += once[pair] / settings.probes();
                squares += once[pair] * once[pair];
            }
        }
        if (squares == 0) {
            weights = new double[weights.length];
            return;
        }
        double scale = Math.sqrt(squares / raised.length / settings.probes());
        for (int pair = 0; pair < raised.length; pair++) {
            raised[pair] /= scale;
        }
        weights = LinearFit.fit(features(start, probed), raised, settings.ridge());
    }

    /** How much a step on one held-out batch raises the logit difference of each pair. */
    private double[] raised(EpochStart start, Supervision probed, int probe) {
        HeldOutBatches.Batch batch =
                batches.draw(settings.rows(), start.seed().child("batch").child(probe));
        float[] with = start.lookahead().scoreAfter(batch.rows(), batch::gradient, probed.rows());
        float[] without = start.lookahead().scoreAfter(batch.rows(), logits -> new float[logits.length], probed.rows());
        double[] raised = new double[probed.pairs().size()];
        for (int pair = 0; pair < raised.length; pair++) {
            raised[pair] = difference(probed, with, pair) - difference(probed, without, pair);
        }
        return raised;
    }

    private static double difference(Supervision probed, float[] logits, int pair) {
        return (double) logits[probed.pairs().preferred()[pair]]
                - logits[probed.pairs().other()[pair]];
    }

    private double[][] features(EpochStart start, Supervision probed) {
        Instances rows = probed.rows();
        float[] logits = start.model().score(context.data().log(), rows);
        Signals signals = context.signals().readServing(rows, logits);
        double[][] all = new double[probed.pairs().size()][AlignmentFeatures.NAMES.size()];
        for (int pair = 0; pair < all.length; pair++) {
            features.read(probed, logits, signals, pair, all[pair]);
        }
        return all;
    }

    @Override
    public float[] open(Supervision supervision, float[] logits, Signals signals) {
        float[] gates = new float[supervision.pairs().size()];
        for (int pair = 0; pair < gates.length; pair++) {
            features.read(supervision, logits, signals, pair, values);
            double sum = 0;
            for (int index = 0; index < values.length; index++) {
                sum += weights[index] * values[index];
            }
            gates[pair] = (float) Math.min(1, Math.max(0, sum));
        }
        means.addPairs(supervision.pairs(), signals, gates);
        return gates;
    }

    @Override
    public void learn(float[] derivatives) {
        // Learns from held-out interactions only: the joint loss can only close a gate.
    }

    @Override
    public GateReport report() {
        return GateReport.of(AlignmentFeatures.NAMES, weights, means.drain());
    }
}
