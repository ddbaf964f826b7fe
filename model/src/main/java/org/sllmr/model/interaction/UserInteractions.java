// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.MatrixKernels;
import org.sllmr.model.kernel.Products;

/**
 * The compressed interaction network of xDeepFM for one user with many items; {@link SideWeights} says what is computed once a
 * user.
 *
 * <p>Every element of the embeddings is crossed by itself. Items are columns, a strip of them at a time. Maps that {@linkplain
 * LiveMaps cannot be above 0} are not computed, and those that turn out to be 0 for all items are not read by the next layer,
 * which changes no bit of finite results.
 */
public final class UserInteractions {
    private final MatrixKernels kernels;
    private final Products products;
    private final Kernels rows;
    private final SideWeights weights;
    private final InteractionShape shape;
    private final float[] packed;
    private final int packedAt;
    private final int strip;
    private final int pooledWidth;
    /** Floats of an item: {@code [dimension, itemProducts]}. */
    private final int itemWidth;

    private final LiveMaps live;
    private final List<UserLayer> layers = new ArrayList<>();
    private final float[] userProducts;
    /** For each element the largest absolute value of each field. */
    private final float[] largest;

    private int strips;
    /** The items' products, {@code [strips, itemWidth, strip]}. */
    private float[] items = {};
    /** The pooled maps, {@code [strips, pooledWidth, strip]}. */
    private float[] sums = {};
    /** For each strip 1, and the last layer's maps that are not left out, {@code [strips, mapRows, strip]}. */
    private float[] maps = {};

    private float[] next = {};
    private final int mapRows;
    /** The maps of a strip times each field of the item. */
    private final float[] crossed;
    /** The largest value of each map. */
    private final float[] most;

    /**
     * In memory of its own.
     *
     * @param source the network's weights
     * @param packed the same from {@link SideWeights#pack}, from {@code packedAt}
     */
    public UserInteractions(
            Products products,
            Kernels rows,
            SideWeights weights,
            SideWeights.Source source,
            float[] packed,
            int packedAt) {
        this.kernels = MatrixKernels.fastest();
        this.products = products;
        this.rows = rows;
        this.weights = weights;
        this.shape = weights.shape();
        this.packed = packed;
        this.packedAt = packedAt;
        this.strip = kernels.width();
        this.pooledWidth = shape.width();
        this.itemWidth = shape.dimension() * weights.itemProducts();
        this.live = new LiveMaps(shape);
        int mostMaps = 0;
        int mostCrossed = 0;
        for (int layer = 0; layer < shape.layers().size(); layer++) {
            live.take(layer, source.values(), source.weightsAt()[layer], source.values(), source.biasesAt()[layer]);
            layers.add(new UserLayer(weights, layer));
            mostMaps = Math.max(mostMaps, weights.maps(layer));
            mostCrossed = Math.max(mostCrossed, weights.itemDepth(layer));
        }
        this.userProducts = new float[shape.dimension() * weights.userProducts()];
        this.largest = new float[shape.dimension() * shape.fields()];
        this.mapRows = 1 + mostMaps;
        this.crossed = new float[mostCrossed * strip];
        this.most = new float[mostMaps];
    }

    /**
     * Takes a user.
     *
     * @param fields of a row, {@code [fields, dimension]}; those of the item are not read
     */
    public void user(float[] fields) {
        weights.userProducts(fields, userProducts);
        for (UserLayer layer : layers) {
            layer.user(products, userProducts, packed, packedAt);
        }
        int dimension = shape.dimension();
        for (int field : weights.userFields()) {
            for (int element = 0; element < dimension; element++) {
                largest[element * shape.fields() + field] = Math.abs(fields[field * dimension + element]);
            }
        }
    }

    /**
     * Crosses the user's fields with those of some items.
     *
     * @param itemProducts products of the items' fields, {@code [rows, dimension, itemProducts]}, from {@code from}
     * @param pooled receives the sums of the maps, {@code [rows, shape.width()]}, from {@code to}
     */
    public void forward(float[] itemProducts, int from, int rows, float[] pooled, int to) {
        reserve((rows + strip - 1) / strip);
        readItems(itemProducts, from, rows);
        findLargest(itemProducts, from, rows);
        Arrays.fill(sums, 0);
        for (int element = 0; element < shape.dimension(); element++) {
            int at = element * shape.fields();
            float before = live.largestField(largest, at);
            for (int layer = 0; layer < layers.size(); layer++) {
                live.find(layer, largest, at, before);
                layers.get(layer).select(live, element, packed, packedAt);
                for (int number = 0; number < strips; number++) {
                    cross(layer, element, number);
                }
                float[] done = maps;
                maps = next;
                next = done;
                before = leaveZerosOut(layer);
            }
        }
        writeSums(rows, pooled, to);
    }

    private void reserve(int wanted) {
        strips = wanted;
        if (items.length < strips * itemWidth * strip) {
            items = new float[strips * itemWidth * strip];
            sums = new float[strips * pooledWidth * strip];
            maps = new float[strips * mapRows * strip];
            next = new float[maps.length];
            for (int number = 0; number < strips; number++) {
                Arrays.fill(maps, number * mapRows * strip, (number * mapRows + 1) * strip, 1);
                Arrays.fill(next, number * mapRows * strip, (number * mapRows + 1) * strip, 1);
            }
        }
    }

    private void readItems(float[] itemProducts, int from, int rows) {
        for (int row = 0; row < rows; row++) {
            int source = from + row * itemWidth;
            int target = row / strip * strip * itemWidth + row % strip;
            for (int i = 0; i < itemWidth; i++) {
                items[target + i * strip] = itemProducts[source + i];
            }
        }
    }

    private void findLargest(float[] itemProducts, int from, int rows) {
        int each = weights.itemProducts();
        for (int i = 0; i < weights.itemFields().size(); i++) {
            for (int element = 0; element < shape.dimension(); element++) {
                float most = 0;
                int at = from + element * each + 1 + i;
                for (int row = 0; row < rows; row++) {
                    most = Math.max(most, Math.abs(itemProducts[at + row * itemWidth]));
                }
                largest[element * shape.fields() + weights.itemFields().get(i)] = most;
            }
        }
    }

    private void writeSums(int rows, float[] pooled, int to) {
        for (int row = 0; row < rows; row++) {
            int source = row / strip * strip * pooledWidth + row % strip;
            int target = to + row * pooledWidth;
            for (int i = 0; i < pooledWidth; i++) {
                pooled[target + i] = sums[source + i * strip];
            }
        }
    }

    /** A layer of one element and one strip. */
    private void cross(int layer, int element, int number) {
        int item = (number * itemWidth + element * weights.itemProducts()) * strip;
        int at = number * mapRows * strip;
        UserLayer matrices = layers.get(layer);
        if (layer == 0) {
            multiply(matrices.ofUser(), items, item, at + strip, false);
        } else {
            int read = live.kept(layer - 1);
            for (int field = 0; field < weights.itemFields().size(); field++) {
                kernels.pairs(items, item + (1 + field) * strip, maps, at + strip, crossed, field * read * strip, read);
            }
            multiply(matrices.ofUser(), maps, at, at + strip, false);
            multiply(matrices.ofItem(), crossed, 0, at + strip, true);
        }
        finish(layer, at + strip, (number * pooledWidth + shape.pooledAt(layer)) * strip);
    }

    /** Makes maps, or adds to them. */
    private void multiply(UserLayer.Matrix matrix, float[] right, int from, int at, boolean add) {
        kernels.multiply(
                matrix.values(),
                matrix.at(),
                right,
                from,
                strip,
                next,
                at,
                strip,
                matrix.rows(),
                matrix.columns(),
                add);
    }

    /** Rectifies new maps, and adds those that are pooled to the sums. */
    private void finish(int layer, int at, int sum) {
        int count = live.count(layer);
        if (shape.rectified()) {
            kernels.rectify(next, at, count * strip);
        }
        int from = shape.layers().get(layer).pooledFrom();
        if (live.isWhole(layer)) {
            rows.add(
                    next,
                    at + from * strip,
                    sums,
                    sum,
                    shape.layers().get(layer).pooled() * strip);
            return;
        }
        for (int i = 0; i < count; i++) {
            int map = live.maps(layer)[i];
            if (map >= from) {
                rows.add(next, at + i * strip, sums, sum + (map - from) * strip, strip);
            }
        }
    }

    /** Leaves out the maps that are 0 for all items; returns the largest value that the next layer reads. */
    private float leaveZerosOut(int layer) {
        if (!shape.rectified() || layer == layers.size() - 1) {
            return 0;
        }
        int count = live.count(layer);
        int left = 0;
        for (int i = 0; i < count; i++) {
            most[i] = kernels.largest(maps, (1 + i) * strip, mapRows * strip, strips);
            if (most[i] == 0) {
                continue;
            }
            for (int number = 0; left < i && number < strips; number++) {
                int at = (number * mapRows + 1) * strip;
                System.arraycopy(maps, at + i * strip, maps, at + left * strip, strip);
            }
            left++;
        }
        return live.drop(layer, most);
    }
}
