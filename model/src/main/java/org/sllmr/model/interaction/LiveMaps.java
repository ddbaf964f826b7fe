// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

/**
 * Finds maps of a compressed interaction network that cannot be above 0, from the largest values of the fields alone.
 *
 * <p>A map is its bias and a sum of products w x m of weights, fields and maps of the layer before. With X the largest |x| of a
 * field and M the largest |m|, that sum is at most the sum over fields of |w|_1 X M. Where the bias outweighs it, the map is
 * rectified to 0 and need not be computed: as long as all numbers are finite, no result changes by a bit. Trained networks have
 * many such maps: a rectified map without a gradient keeps its bias for a while, but weight decay shrinks its weights.
 */
final class LiveMaps {
    /** How much the sum may grow by rounding, and more. */
    private static final double MARGIN = 1e-3;

    private final InteractionShape shape;
    /** For each layer the sums of |w| of a map and a field, {@code [maps, fields]}. */
    private final float[][] norms;

    private final float[][] biases;
    private final int[][] live;
    private final int[] count;
    private final int[] kept;

    LiveMaps(InteractionShape shape) {
        this.shape = shape;
        int layers = shape.layers().size();
        this.norms = new float[layers][];
        this.biases = new float[layers][];
        this.live = new int[layers][];
        this.count = new int[layers];
        this.kept = new int[layers];
        for (int layer = 0; layer < layers; layer++) {
            int maps = shape.layers().get(layer).maps();
            norms[layer] = new float[maps * shape.fields()];
            biases[layer] = new float[maps];
            live[layer] = new int[maps];
        }
    }

    /**
     * Takes the weights of a layer as they are now.
     *
     * @param weights {@code [maps, fields * maps before]}, from {@code at}
     * @param ofBias {@code [maps]}, from {@code biasAt}
     */
    void take(int layer, float[] weights, int at, float[] ofBias, int biasAt) {
        int before = shape.before(layer);
        double margin = 1 + MARGIN + Math.ulp(1f) * 4.0 * shape.fields() * before;
        for (int i = 0; i < norms[layer].length; i++) {
            norms[layer][i] = (float) (margin * sum(weights, at + i * before, before));
        }
        System.arraycopy(ofBias, biasAt, biases[layer], 0, biases[layer].length);
    }

    /** The sum of absolute values, by four sums beside each other, since one alone would wait for its own additions. */
    private static float sum(float[] x, int at, int length) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = at;
        for (; i + 4 <= at + length; i += 4) {
            a += Math.abs(x[i]);
            b += Math.abs(x[i + 1]);
            c += Math.abs(x[i + 2]);
            d += Math.abs(x[i + 3]);
        }
        for (; i < at + length; i++) {
            a += Math.abs(x[i]);
        }
        return a + b + (c + d);
    }

    /**
     * Finds the maps of all layers that may be above 0, without looking at any map.
     *
     * @param largest the largest absolute value of each field
     */
    void find(float[] largest) {
        float before = largestField(largest, 0);
        for (int layer = 0; layer < norms.length; layer++) {
            before = find(layer, largest, 0, before);
        }
    }

    /** The largest value that the first layer reads. */
    float largestField(float[] largest, int at) {
        float most = 0;
        for (int field = 0; field < shape.fields(); field++) {
            most = Math.max(most, largest[at + field]);
        }
        return most;
    }

    /** Takes all maps. */
    void findAll() {
        for (int layer = 0; layer < norms.length; layer++) {
            for (int map = 0; map < live[layer].length; map++) {
                live[layer][map] = map;
            }
            count[layer] = live[layer].length;
            kept[layer] = shape.layers().get(layer).kept();
        }
    }

    /**
     * Finds the maps of a layer that may be above 0; all of them where maps are not rectified.
     *
     * @param largest the largest absolute value of each field, from {@code at}
     * @param before the largest value that the layer reads
     * @return no map that the next layer reads is larger
     */
    float find(int layer, float[] largest, int at, float before) {
        int fields = shape.fields();
        int keptMaps = shape.layers().get(layer).kept();
        float mostKept = 0;
        int found = 0;
        kept[layer] = 0;
        for (int map = 0; map < biases[layer].length; map++) {
            float sum = 0;
            for (int field = 0; field < fields; field++) {
                sum += norms[layer][map * fields + field] * largest[at + field];
            }
            float bound = biases[layer][map] + sum * before;
            // What is not a number stays, and so does what may be 0 because it was too small for a float.
            if (shape.rectified() && bound < 0) {
                continue;
            }
            live[layer][found++] = map;
            if (map < keptMaps) {
                kept[layer] = found;
                mostKept = Math.max(mostKept, bound);
            }
        }
        count[layer] = found;
        return mostKept;
    }

    /**
     * Leaves out those maps of a layer that turned out to be 0.
     *
     * @param most the largest value of each map found
     * @return the largest that the next layer reads
     */
    float drop(int layer, float[] most) {
        int left = 0;
        int leftKept = 0;
        float mostKept = 0;
        for (int i = 0; i < count[layer]; i++) {
            // What is not a number stays.
            if (most[i] == 0) {
                continue;
            }
            live[layer][left++] = live[layer][i];
            if (i < kept[layer]) {
                leftKept = left;
                mostKept = Math.max(mostKept, most[i]);
            }
        }
        count[layer] = left;
        kept[layer] = leftKept;
        return mostKept;
    }

    /** The maps found of a layer, in growing order; {@link #count} of them. */
    int[] maps(int layer) {
        return live[layer];
    }

    int count(int layer) {
        return count[layer];
    }

    /** How many of them, the first ones, the next layer reads. */
    int kept(int layer) {
        return kept[layer];
    }

    /** Whether all maps of a layer were found. */
    boolean isWhole(int layer) {
        return count[layer] == biases[layer].length;
    }
}
