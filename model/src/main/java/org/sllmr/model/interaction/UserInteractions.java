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
 * <p>Every element of the embeddings is crossed by itself. Items are columns, a strip of them at a time, and stay in the nearest
 * caches from the first layer to the last. Maps that {@linkplain LiveMaps cannot be above 0} are left out, which changes no bit.
 */
public final class UserInteractions {
    private final MatrixKernels matrices;
    private final Products products;
    private final Kernels kernels;
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

    /** The items' products, {@code [strips, itemWidth, strip]}. */
    private float[] items = {};
    /** The pooled maps, {@code [strips, pooledWidth, strip]}. */
    private float[] sums = {};
    /** 1, and the last layer's maps of a strip that are not left out. */
    private float[] maps;

    private float[] next;
    /** Those maps times each field of the item. */
    private final float[] crossed;

    /**
     * In memory of its own.
     *
     * @param source the network's weights
     * @param packed the same from {@link SideWeights#pack}, from {@code packedAt}
     */
    public UserInteractions(
            Products products,
            Kernels kernels,
            SideWeights weights,
            SideWeights.Source source,
            float[] packed,
            int packedAt) {
        this.matrices = MatrixKernels.fastest();
        this.products = products;
        this.kernels = kernels;
        this.weights = weights;
        this.shape = weights.shape();
        this.packed = packed;
        this.packedAt = packedAt;
        this.strip = matrices.width();
        this.pooledWidth = shape.width();
        this.itemWidth = shape.dimension() * weights.itemProducts();
        this.live = new LiveMaps(shape);
        int most = 0;
        int mostCrossed = 0;
        for (int layer = 0; layer < shape.layers().size(); layer++) {
            live.take(layer, source.values(), source.weightsAt()[layer], source.values(), source.biasesAt()[layer]);
            layers.add(new UserLayer(weights, layer));
            most = Math.max(most, weights.maps(layer));
            mostCrossed = Math.max(mostCrossed, weights.itemDepth(layer));
        }
        this.userProducts = new float[shape.dimension() * weights.userProducts()];
        this.largest = new float[shape.dimension() * shape.fields()];
        this.maps = new float[(1 + most) * strip];
        this.next = new float[maps.length];
        Arrays.fill(maps, 0, strip, 1);
        Arrays.fill(next, 0, strip, 1);
        this.crossed = new float[mostCrossed * strip];
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
        int strips = (rows + strip - 1) / strip;
        if (items.length < strips * itemWidth * strip) {
            items = new float[strips * itemWidth * strip];
            sums = new float[strips * pooledWidth * strip];
        }
        readItems(itemProducts, from, rows);
        findLargest(itemProducts, from, rows);
        Arrays.fill(sums, 0);
        for (int element = 0; element < shape.dimension(); element++) {
            live.find(largest, element * shape.fields());
            for (UserLayer layer : layers) {
                layer.select(live, element, packed, packedAt);
            }
            for (int number = 0; number < strips; number++) {
                cross(element, number);
            }
        }
        writeSums(rows, pooled, to);
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

    /** All layers of one element and one strip. */
    private void cross(int element, int number) {
        int item = number * itemWidth * strip + element * weights.itemProducts() * strip;
        int sum = number * pooledWidth * strip;
        multiply(layers.get(0).ofUser(), items, item, false);
        finish(0, sum);
        for (int layer = 1; layer < layers.size(); layer++) {
            int read = live.kept(layer - 1);
            for (int field = 0; field < weights.itemFields().size(); field++) {
                matrices.pairs(items, item + (1 + field) * strip, maps, strip, crossed, field * read * strip, read);
            }
            multiply(layers.get(layer).ofUser(), maps, 0, false);
            multiply(layers.get(layer).ofItem(), crossed, 0, true);
            sum += pooledMaps(layer - 1) * strip;
            finish(layer, sum);
        }
    }

    private int pooledMaps(int layer) {
        InteractionLayer sizes = shape.layers().get(layer);
        return sizes.maps() - sizes.pooledFrom();
    }

    /** Makes maps, or adds to them. */
    private void multiply(UserLayer.Matrix matrix, float[] right, int at, boolean add) {
        matrices.multiply(
                matrix.values(),
                matrix.at(),
                right,
                at,
                strip,
                next,
                strip,
                strip,
                matrix.rows(),
                matrix.columns(),
                add);
    }

    /** Rectifies the new maps, and adds those that are pooled to the sums. */
    private void finish(int layer, int sum) {
        float[] done = maps;
        maps = next;
        next = done;
        int count = live.count(layer);
        if (shape.rectified()) {
            matrices.rectify(maps, strip, count * strip);
        }
        int from = shape.layers().get(layer).pooledFrom();
        if (live.isWhole(layer)) {
            kernels.add(maps, (1 + from) * strip, sums, sum, pooledMaps(layer) * strip);
            return;
        }
        for (int i = 0; i < count; i++) {
            int map = live.maps(layer)[i];
            if (map >= from) {
                kernels.add(maps, (1 + i) * strip, sums, sum + (map - from) * strip, strip);
            }
        }
    }
}
