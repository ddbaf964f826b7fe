// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;

/**
 * A model that training drives one step at a time: prepare, forward, backward.
 *
 * <p>The loss is not here. Whoever trains computes, in plain Java, the loss of the logits and its derivative by each
 * logit, and hands the derivatives to {@link #backward}. So every objective and every guidance is free of tensors.
 *
 * <p>{@link #prepare} of the next batch may run in another thread while the current step is under way; everything else
 * belongs to one thread. Results do not depend on that overlap.
 */
public interface TrainableModel extends Scorer {
    /**
     * Says which training interactions the model may know of besides its samples, until told otherwise; at first all. A model
     * that makes nothing of interactions does not mind. To be called with nothing prepared.
     *
     * @param known by user, how many interactions, the first ones
     */
    default void know(IntUnaryOperator known) {}

    /**
     * Looks up the rows of a batch: which embeddings it needs, and where each goes. Batches are prepared in the order
     * in which they are trained on, at most one ahead.
     *
     * @param log where histories and contexts are looked up
     * @param rows the rows: first the samples, then any rows that only guidance needs
     * @param sampleRows how many of the rows are samples; only those enter batch-normalisation statistics, the others
     *     are normalised by the running statistics
     */
    Batch prepare(InteractionLog log, Instances rows, int sampleRows);

    /** Logits of all rows of the batch in training mode (dropout on); remembers what {@link #backward} needs. */
    float[] forward(Batch batch);

    /**
     * The losses of the network's heads in the last {@link #forward}, by name: means over the samples times their weights.
     * {@link #backward} minimizes them too; most networks have none.
     */
    default Map<String, Double> headLosses() {
        return Map.of();
    }

    /**
     * Logits under fresh dropout masks, without gradients and without touching any statistics: repeated calls give the
     * dropout variance of Monte Carlo dropout (Gal and Ghahramani 2016).
     */
    float[] resample(Batch batch);

    /**
     * Back-propagates and updates every parameter once.
     *
     * @param batch the batch of the last {@link #forward}
     * @param gradient derivative of the loss by each logit of that batch
     */
    void backward(Batch batch, float[] gradient);

    /** The learning rate of the next update: what the model was set up with, until it is changed. */
    double learningRate();

    /** The learning rate of all later updates, above 0. */
    void learningRate(double rate);

    /** Number of trained parameters: tables and network. */
    long parameters();

    /** A copy of everything that scoring depends on: tables, network, running statistics. */
    Weights weights();

    /** Goes back to such a copy; optimizer state stays as it is. */
    void restore(Weights weights);

    /**
     * A copy of everything that further training depends on; a model made with the same schema, settings and seed that
     * takes it by {@link #restore(TrainingState)} goes on with the same bits. To be called between two steps, with
     * nothing prepared.
     *
     * @throws UnsupportedOperationException if this model's training cannot go on elsewhere
     */
    default TrainingState state() {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no state to go on from");
    }

    /**
     * Takes such a copy over.
     *
     * @throws IllegalArgumentException if it is of a model of another shape
     */
    default void restore(TrainingState state) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no state to go on from");
    }

    /**
     * Says where the steps' random draws come from, until told otherwise; at first from the model's own seed. To be called
     * with nothing prepared.
     *
     * @param seed a model that was made with it draws the same
     */
    default void draw(Seed seed) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot draw otherwise");
    }

    /**
     * Says that other models have as large shares of each batch, until told otherwise; at first this one has all of it. Its
     * gradients then are divided by the number of shares, after they were clipped: those of the batch are the sum of all.
     *
     * @param count number of shares, 1 or more
     */
    default void places(int count) {
        if (count != 1) {
            throw new UnsupportedOperationException(getClass().getSimpleName() + " trains on whole batches only");
        }
    }

    /** Number of optimizer steps made. */
    default int steps() {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " does not count its steps");
    }

    /**
     * What the steps since the last call have changed, or since the model last took over a state or a change. To be called
     * between two steps, with nothing prepared; the learning rate must have been the present one in all of them.
     */
    default StepChange changes() {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot tell what steps change");
    }

    /**
     * Takes over what steps have changed elsewhere. A model that has not made these steps is then as if it had; one that has
     * made them must have changed no other rows.
     *
     * @throws IllegalArgumentException if it is of a model of another shape, or this one has made other steps
     */
    default void apply(StepChange change) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot take over what steps changed");
    }

    /**
     * Takes over what the same steps have changed in several places, together, as if all their gradients had come to this
     * model, which has not made the steps. All must have been told by {@link #places} how many they are.
     *
     * @return what that changed
     * @throws IllegalArgumentException also if the changes are not of the same steps
     */
    default StepChange apply(List<StepChange> changes) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot take over what steps changed");
    }

    /**
     * Weights from their {@link Weights#blocks()}.
     *
     * @throws IllegalArgumentException if they are of a model of another shape
     */
    default Weights weights(List<float[]> blocks) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no weights to go on from");
    }

    /** A prepared batch; opaque to training. */
    interface Batch {}

    /** Everything that scoring depends on; opaque to training, written to disk by the model file. */
    interface Weights {
        /** The floats in a fixed order, for a checkpoint; not copies. */
        default List<float[]> blocks() {
            throw new UnsupportedOperationException(getClass().getSimpleName() + " has no blocks");
        }
    }
}
