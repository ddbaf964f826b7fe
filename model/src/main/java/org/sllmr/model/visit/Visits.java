// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.visit;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;

/**
 * How much random walks of one step visit an item from a user's last items (PinSage's importance, Ying et al. 2018, Section
 * 3.1).
 *
 * <p>A training row's item is often one that its user took. Walks from the items before it then go over that very user to the
 * item, which tells the label. So the users are dealt into folds, and a training row sees walks over the users of the other
 * folds alone, whatever its label. Taking out what the row's own user adds would not do: it would lower the values of positives
 * and not those of negatives, which tells the label too.
 */
public final class Visits {
    private final NeighbourColumn neighbours;
    private final InteractionLog training;
    private final VisitInputs settings;
    /** For each fold the neighbours by walks over the users of the others; null until they are needed. */
    private NeighbourColumn @Nullable [] folds;

    /**
     * Visits to neighbours that were counted with {@link VisitCounts}.
     *
     * @param neighbours by walks over all users
     * @param training the training interactions that they were counted in; none after training
     */
    public Visits(NeighbourColumn neighbours, InteractionLog training, VisitInputs settings) {
        this.neighbours = neighbours;
        this.training = training;
        this.settings = settings;
    }

    /** The neighbours by walks over all users. */
    public NeighbourColumn neighbours() {
        return neighbours;
    }

    /** The weight that every neighbour has if all have the same: 1 / T. */
    public float average() {
        return 1f / settings.neighbours();
    }

    /** The same for neighbours of items that are numbered anew, after training. */
    public Visits with(NeighbourColumn numbered) {
        return new Visits(numbered, InteractionLog.of(new int[] {0}, new int[0], new long[0]), settings);
    }

    /**
     * The neighbours that a row may see.
     *
     * @param user the user, or a number of none
     * @param position how many interactions the user has before the row
     * @param trained whether the row is trained on; a row before the end of its user's training interactions counts as such
     */
    public NeighbourColumn seen(int user, int position, boolean trained) {
        boolean ofTraining = user >= 0 && user < training.users() && (trained || position < training.length(user));
        return ofTraining ? folds()[user % settings.folds()] : neighbours;
    }

    private synchronized NeighbourColumn[] folds() {
        if (folds == null) {
            NeighbourColumn[] counted = new NeighbourColumn[settings.folds()];
            try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors())) {
                for (int fold = 0; fold < counted.length; fold++) {
                    int own = fold;
                    counted[fold] = VisitCounts.of(
                            training,
                            neighbours.rows(),
                            settings,
                            user -> user % counted.length != own,
                            blocks,
                            ProgressListener.NONE);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new CancellationException("stopped while counting visits between items");
            }
            folds = counted;
        }
        return folds;
    }

    /**
     * A row's value: s / (s + 1 / T), s being the sum of the weights, 0.5 for the weight of an average one of T neighbours;
     * NaN if the item is never visited.
     *
     * @param seen the neighbours that the row may see
     * @param history the user's last items, those of {@code [from, to)}
     */
    public float value(NeighbourColumn seen, int item, int[] history, int from, int to) {
        float sum = 0;
        for (int at = from; at < to; at++) {
            sum += seen.weight(history[at], item);
        }
        return value(sum);
    }

    /**
     * The values of consecutive items, with the bits of {@link #value}.
     *
     * @param first the first item
     * @param values receives {@code [count]}
     */
    public void values(NeighbourColumn seen, int first, int count, int[] history, int from, int to, float[] values) {
        Arrays.fill(values, 0, count, 0);
        for (int at = from; at < to; at++) {
            if (history[at] >= 0 && history[at] < seen.rows()) {
                int[] items = seen.items();
                int end = seen.offsets()[history[at] + 1];
                int found = Arrays.binarySearch(items, seen.offsets()[history[at]], end, first);
                for (int i = found < 0 ? -found - 1 : found; i < end && items[i] - first < count; i++) {
                    values[items[i] - first] += seen.weights()[i];
                }
            }
        }
        for (int i = 0; i < count; i++) {
            values[i] = value(values[i]);
        }
    }

    private float value(float sum) {
        return sum > 0 ? sum / (sum + average()) : Float.NaN;
    }
}
