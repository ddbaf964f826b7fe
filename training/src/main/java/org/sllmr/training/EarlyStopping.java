// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.TrainableModel;
import org.sllmr.model.TrainableModel.Weights;

/** Keeps the weights of the best epoch by a validation metric, and decides when to stop. */
final class EarlyStopping {
    private final int patience;
    private double best = Double.NEGATIVE_INFINITY;
    private int bestEpoch;
    private int lastEpoch;
    private @Nullable Weights bestWeights;

    EarlyStopping(int patience) {
        this.patience = patience;
    }

    /** Whether an epoch is the best so far; with equal values the earlier epoch is the best. */
    boolean isBest(int epoch, double value, TrainableModel model) {
        lastEpoch = epoch;
        if (value <= best) {
            return false;
        }
        best = value;
        bestEpoch = epoch;
        bestWeights = model.weights();
        return true;
    }

    /**
     * Continues after the epochs of a snapshot.
     *
     * @param value what the best epoch has most of
     */
    void resume(Snapshot snapshot, TrainableModel model, ToDoubleFunction<EpochRecord> value) {
        for (EpochRecord epoch : snapshot.epochs()) {
            lastEpoch = epoch.epoch();
            if (epoch.best()) {
                best = value.applyAsDouble(epoch);
                bestEpoch = epoch.epoch();
            }
        }
        bestWeights = snapshot.bestWeights().isEmpty() ? model.weights() : model.weights(snapshot.bestWeights());
    }

    /** The best epoch's weights; empty if the model holds them. */
    List<float[]> otherWeights() {
        return bestWeights == null || bestEpoch == lastEpoch ? List.of() : bestWeights.blocks();
    }

    /** The last epoch's weights if they are the best so far, else empty. */
    List<float[]> newWeights() {
        return bestWeights == null || bestEpoch != lastEpoch ? List.of() : bestWeights.blocks();
    }

    int epochsSinceBest() {
        return lastEpoch - bestEpoch;
    }

    boolean outOfPatience() {
        return epochsSinceBest() >= patience;
    }

    /** Restores the best epoch's weights; returns its number. */
    int restoreBest(TrainableModel model) {
        if (bestWeights != null && bestEpoch != lastEpoch) {
            model.restore(bestWeights);
        }
        return bestEpoch;
    }
}
