// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.training.gate.Gate;
import org.sllmr.training.gate.GateReport;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.signal.SignalReader;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.PairSelector;
import org.sllmr.training.supervision.Supervision;

/** Hinge loss of selected pairs, with or without a gate. */
final class PairwiseRegularizer implements Regularizer {
    private final PairSelector selector;
    private final HingeLoss hinge;
    private final @Nullable Gating gating;
    private final RowCount rows = new RowCount();

    /** Without gating, every gate is 1. */
    PairwiseRegularizer(PairSelector selector, HingeLoss hinge, @Nullable Gating gating) {
        this.selector = selector;
        this.hinge = hinge;
        this.gating = gating;
    }

    @Override
    public void beforeEpoch(EpochStart start) {
        if (gating != null) {
            gating.gate.beforeEpoch(start);
        }
    }

    @Override
    public boolean[] heldOut() {
        return gating == null || !gating.gate.holdsOut() ? new boolean[0] : gating.heldOut;
    }

    @Override
    public Supervision select(Instances samples, Seed step) {
        return selector.select(samples, step);
    }

    @Override
    public double apply(Supervision supervision, float[] logits, float[] gradient, Resampler resampler) {
        rows.step(supervision.size());
        float[] gates = gates(supervision, logits, resampler);
        float[] gateDerivatives = new float[gates.length];
        int from = logits.length - supervision.size();
        double loss = hinge.evaluate(supervision.pairs(), gates, logits, from, gradient, gateDerivatives);
        if (gating != null && gates.length > 0) {
            gating.gate.learn(gateDerivatives);
        }
        return loss;
    }

    private float[] gates(Supervision supervision, float[] logits, Resampler resampler) {
        if (gating == null || supervision.pairs().size() == 0) {
            float[] open = new float[supervision.pairs().size()];
            Arrays.fill(open, 1);
            return open;
        }
        Signals signals = gating.signals.read(supervision.rows(), logits, resampler);
        float[] guided = Arrays.copyOfRange(logits, logits.length - supervision.size(), logits.length);
        return gating.gate.open(supervision, guided, signals);
    }

    @Override
    public double[] state() {
        return gating == null ? new double[0] : gating.gate.state();
    }

    @Override
    public void restore(double[] state) {
        if (gating != null) {
            gating.gate.restore(state);
        } else if (state.length > 0) {
            throw new IllegalArgumentException("state of a gate for a regularizer without one");
        }
    }

    @Override
    public GuidanceReport report() {
        Optional<GateReport> gate = gating == null ? Optional.empty() : Optional.of(gating.gate.report());
        return new GuidanceReport(rows.perStep(), hinge.report(), gate);
    }

    /** A gate, its signals, and the users that the teacher's table holds out. */
    record Gating(SignalReader signals, Gate gate, boolean[] heldOut) {}
}
