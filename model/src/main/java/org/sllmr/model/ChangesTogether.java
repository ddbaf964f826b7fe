// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.model.optimizer.AdamRest;

/**
 * What the same steps have changed in several places that began alike, put together as if all gradients had come to one
 * place. In each place a gradient is that of its share of a batch, so that the whole batch has their sum.
 *
 * <p>Of every number it is known what it had become without gradients, its rest: moments that decay, and a weight that
 * momentum and weight decay still move. Each place has added something to that. Adam's first moment is linear in the
 * gradients, and its second one in their squares, so the sum of what was added is what one place would have, but for the
 * products of different places' gradients. Each place divided a weight's movement by the root of its own second moment; here
 * it is divided by the root of the common one.
 *
 * <p>A row that one place alone has moved, such as that of a user whose samples are all there, is what it became there, to
 * the last bit. Running statistics become the mean. All sums are in double precision, in the order of the places.
 */
final class ChangesTogether {
    private static final int STATISTICS = 3;
    /** Weights and their moments. */
    private static final int BLOCKS = 3;

    private final List<StepChange> changes;
    private final int most;
    private final int[] rows;
    /** Number of places that changed each of the rows. */
    private final int[] places;
    /** Number of steps in which each of the rows had a gradient, if no two places had one in the same step. */
    private final int[] counts;
    /** Where each row of a change is in it, or -1: {@code [changes][rows]}. */
    private final int[][] slots;

    /**
     * Finds the rows.
     *
     * @param changes at least one, of the same steps
     * @throws IllegalArgumentException if they are not of the same steps
     */
    ChangesTogether(List<StepChange> changes) {
        this.changes = changes;
        StepChange one = changes.get(0);
        this.most = one.steps() - one.since();
        int last = -1;
        for (StepChange other : changes) {
            if (other.since() != one.since()
                    || other.steps() != one.steps()
                    || other.learningRate() != one.learningRate()) {
                throw new IllegalArgumentException("changes of different steps");
            }
            last = Math.max(last, other.rows().length == 0 ? -1 : other.rows()[other.rows().length - 1]);
        }
        boolean[] changed = new boolean[last + 1];
        changes.forEach(change -> Arrays.stream(change.rows()).forEach(row -> changed[row] = true));
        this.rows = IntStream.rangeClosed(0, last).filter(row -> changed[row]).toArray();
        this.places = new int[rows.length];
        this.counts = new int[rows.length];
        this.slots = new int[changes.size()][rows.length];
        for (int index = 0; index < slots.length; index++) {
            StepChange change = changes.get(index);
            int own = 0;
            for (int slot = 0; slot < rows.length; slot++) {
                boolean has = own < change.rows().length && change.rows()[own] == rows[slot];
                slots[index][slot] = has ? own : -1;
                if (has) {
                    places[slot]++;
                    counts[slot] = Math.min(most, counts[slot] + change.counts()[own]);
                    own++;
                }
            }
        }
    }

    /** The rows that any place has changed, rising. */
    int[] rows() {
        return rows;
    }

    /**
     * The change of all places.
     *
     * @param rowsBefore weights, first and second moments of {@link #rows()} as all places had them: {@code [rows, width]}
     * @param networkBefore parameters, their first and second moments as all places had them
     * @param ofRows what rows do without gradients
     * @param everyStep whether rows also move in steps in which they have no gradient
     * @param ofNetwork what parameters do without gradients
     */
    StepChange change(
            List<float[]> rowsBefore,
            List<float[]> networkBefore,
            AdamRest ofRows,
            boolean everyStep,
            AdamRest ofNetwork) {
        StepChange one = changes.get(0);
        return new StepChange(
                one.since(),
                one.steps(),
                one.learningRate(),
                rows,
                counts,
                rows(rowsBefore, ofRows, everyStep),
                network(networkBefore, ofNetwork));
    }

    private List<float[]> rows(List<float[]> before, AdamRest rest, boolean everyStep) {
        int width = rows.length == 0 ? 0 : before.get(PlaceChange.WEIGHTS).length / rows.length;
        int stride = rest.stride(width);
        int[] steps = IntStream.range(0, rows.length)
                .map(slot -> places[slot] == 1 ? 0 : everyStep ? most : counts[slot])
                .toArray();
        List<float[]> common = rest.make(before, width, steps);
        List<List<float[]>> own = IntStream.range(0, slots.length)
                .mapToObj(index -> everyStep ? common : rest.make(before, width, steps(index)))
                .toList();
        List<float[]> to = empty(before.get(PlaceChange.WEIGHTS).length);
        IntStream.range(0, rows.length).parallel().forEach(slot -> {
            PlaceChange[] of = IntStream.range(0, slots.length)
                    .filter(index -> slots[index][slot] >= 0)
                    .mapToObj(index -> new PlaceChange(
                            changes.get(index).rowBlocks(), slots[index][slot] * width, own.get(index), slot * stride))
                    .toArray(PlaceChange[]::new);
            if (of.length == 1) {
                for (int block = 0; block < BLOCKS; block++) {
                    System.arraycopy(of[0].blocks().get(block), of[0].at(), to.get(block), slot * width, width);
                }
            } else {
                PlaceChange.put(of, common, slot * stride, width, to, slot * width);
            }
        });
        return to;
    }

    /** Steps in which each of the rows had a gradient in a place, if others moved it too. */
    private int[] steps(int index) {
        return IntStream.range(0, rows.length)
                .map(slot -> slots[index][slot] < 0 || places[slot] == 1
                        ? 0
                        : changes.get(index).counts()[slots[index][slot]])
                .toArray();
    }

    private List<float[]> network(List<float[]> before, AdamRest rest) {
        int size = before.get(PlaceChange.WEIGHTS).length;
        List<float[]> idle = rest.make(before, size, new int[] {most});
        List<float[]> to = empty(size);
        PlaceChange[] of = changes.stream()
                .map(change -> new PlaceChange(change.network(), 0, idle, 0))
                .toArray(PlaceChange[]::new);
        PlaceChange.put(of, idle, 0, size, to, 0);
        float[] statistics = means(
                changes.stream().map(change -> change.network().get(STATISTICS)).toList());
        return List.of(to.get(PlaceChange.WEIGHTS), to.get(PlaceChange.FIRST), to.get(PlaceChange.SECOND), statistics);
    }

    private static List<float[]> empty(int size) {
        return List.of(new float[size], new float[size], new float[size]);
    }

    private static float[] means(List<float[]> blocks) {
        float[] means = new float[blocks.get(0).length];
        for (int at = 0; at < means.length; at++) {
            double sum = 0;
            for (float[] block : blocks) {
                sum += block[at];
            }
            means[at] = (float) (sum / blocks.size());
        }
        return means;
    }
}
