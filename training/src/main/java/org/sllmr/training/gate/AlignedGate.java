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
 * alpha(u, i, j) = min(1, max(0, w . z / r)), where w . z is how much a step on held-out interactions is expected to raise
 * d = s(u, i) - s(u, j), and r the root mean square of what one such step does to any pair. Where steps on different
 * held-out batches disagree, their mean is small beside r, and the gate with it.
 *
 * <p>Let L be the loss on held-out interactions and A the positive definite matrix by which the optimizer scales a
 * gradient. A step on a pair whose hinge is above 0 moves the parameters by A grad d, which changes L by grad L . A grad d.
 * A step on held-out interactions moves them by -A grad L, which changes d by -grad d . A grad L: the same number with the
 * other sign, as A is symmetric. So the pairs to learn from are those whose d a held-out step raises, and by how much it
 * raises d is how much they are worth: the weight that Ren et al., "Learning to Reweight Examples for Robust Deep
 * Learning" (ICML 2018), derive for single examples, but told by where a pair lies, so that few held-out interactions
 * speak for all pairs.
 *
 * <p>The derivative is a finite difference: one real optimizer step on a held-out batch against one with a gradient of 0,
 * which takes away momentum and weight decay, both undone. Several batches are asked before each epoch, and w is their
 * mean's linear regression on {@link PairPlace}.
 */
final class AlignedGate implements Gate {
    private final AlignedGateSettings settings;
    private final GateContext context;
    private final HeldOutBatches batches;
    private final AskedPairs pairs;
    private final PairPlace place;
    private final double[] numbers = new double[PairPlace.NAMES.size()];
    private final RegionMeans means = new RegionMeans();
    private double[] weights = new double[PairPlace.NAMES.size()];

    AlignedGate(AlignedGateSettings settings, GateContext context, Comparisons comparisons) {
        this.settings = settings;
        this.context = context;
        this.batches = new HeldOutBatches(comparisons);
        this.pairs = new AskedPairs(context.data().log(), context.teacher());
        this.place = new PairPlace(context.data(), TeacherSpread.of(context.teacher()));
    }

    @Override
    public boolean holdsOut() {
        return true;
    }

    @Override
    public void beforeEpoch(EpochStart start) {
        Supervision asked = pairs.draw(settings.pairs(), start.seed().child("pairs"));
        double[] raised = new double[asked.pairs().size()];
        double squares = 0;
        for (int probe = 0; probe < settings.probes(); probe++) {
            double[] once = raised(start, asked, probe);
            for (int pair = 0; pair < raised.length; pair++) {
                raised[pair] += once[pair] / settings.probes();
                squares += once[pair] * once[pair];
            }
        }
        if (squares == 0) {
            weights = new double[weights.length];
            return;
        }
        double size = Math.sqrt(squares / raised.length / settings.probes());
        for (int pair = 0; pair < raised.length; pair++) {
            raised[pair] /= size;
        }
        weights = LinearFit.fit(places(start, asked), raised, settings.ridge());
    }

    /** By how much a step on one held-out batch raises the difference of each pair. */
    private double[] raised(EpochStart start, Supervision asked, int probe) {
        HeldOutBatches.Batch batch =
                batches.draw(settings.rows(), start.seed().child("batch").child(probe));
        float[] with = start.lookahead().scoreAfter(batch.rows(), batch::gradient, asked.rows());
        float[] without = start.lookahead().scoreAfter(batch.rows(), logits -> new float[logits.length], asked.rows());
        double[] raised = new double[asked.pairs().size()];
        for (int pair = 0; pair < raised.length; pair++) {
            raised[pair] = difference(asked, with, pair) - difference(asked, without, pair);
        }
        return raised;
    }

    private static double difference(Supervision asked, float[] logits, int pair) {
        return (double) logits[asked.pairs().preferred()[pair]]
                - logits[asked.pairs().other()[pair]];
    }

    private double[][] places(EpochStart start, Supervision asked) {
        Instances rows = asked.rows();
        float[] logits = start.model().score(context.data().log(), rows);
        Signals signals = context.signals().readServing(rows, logits);
        double[][] places = new double[asked.pairs().size()][PairPlace.NAMES.size()];
        for (int pair = 0; pair < places.length; pair++) {
            place.read(asked, logits, signals, pair, places[pair]);
        }
        return places;
    }

    @Override
    public float[] open(Supervision supervision, float[] logits, Signals signals) {
        float[] gates = new float[supervision.pairs().size()];
        for (int pair = 0; pair < gates.length; pair++) {
            place.read(supervision, logits, signals, pair, numbers);
            double worth = 0;
            for (int index = 0; index < numbers.length; index++) {
                worth += weights[index] * numbers[index];
            }
            gates[pair] = (float) Math.min(1, Math.max(0, worth));
        }
        means.addPairs(supervision.pairs(), signals, gates);
        return gates;
    }

    @Override
    public void learn(float[] derivatives) {
        // Learns from held-out interactions alone: the joint loss can only close a gate.
    }

    @Override
    public GateReport report() {
        return GateReport.of(PairPlace.NAMES, weights, means.drain());
    }
}
