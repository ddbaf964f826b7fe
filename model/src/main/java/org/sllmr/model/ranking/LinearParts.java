// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Combine;
import org.sllmr.model.operation.Diagonal;
import org.sllmr.model.operation.HistoryAggregate;
import org.sllmr.model.operation.HistoryMaps;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.RowProduct;
import org.sllmr.model.operation.Shift;
import org.sllmr.model.operation.Weight;

/** Linear layers, which may read one of the products that {@link Analysis} does not multiply out. */
final class LinearParts {
    /** Most floats of a matrix that is kept for every item. */
    private static final int MOST_FLOATS = 1024;

    private final PartGraph users;
    private final PartGraph items;
    private final PartGraph pairs;
    private final Derived derived;
    private final Wholes wholes;
    private final AffineParts affine;

    LinearParts(PartGraphs graphs, Derived derived, Wholes wholes, AffineParts affine) {
        this.users = graphs.users();
        this.items = graphs.items();
        this.pairs = graphs.pairs();
        this.derived = derived;
        this.wholes = wholes;
        this.affine = affine;
    }

    Form.Split linear(Linear linear, Form x) {
        if (x instanceof Form.Split split && split.isOfPair()) {
            return affine.affine(linear, split);
        }
        Form.Split product = product(linear.weight(), x);
        Parameter bias = linear.bias();
        return bias == null ? product : affine.affine(new Shift(bias), product);
    }

    private Form.Split product(Weight weight, Form x) {
        Linear linear = new Linear(weight, null, 1);
        if (x instanceof Form.Joined joined) {
            Form.Split sum = null;
            int at = 0;
            for (Form part : joined.parts()) {
                Form.Split product = product(columns(weight, at, part.width()), part);
                sum = sum == null ? product : affine.plus(sum, product);
                at += part.width();
            }
            if (sum == null) {
                throw new IllegalArgumentException("nothing to concatenate");
            }
            return sum;
        }
        if (x instanceof Form.Aggregate aggregate) {
            Node products = users.add(linear, aggregate.items());
            return Form.Split.pairOnly(
                    pairs.add(new HistoryAggregate(), aggregate.weights(), pairs.take(users, products, Axis.HISTORY)));
        }
        if (x instanceof Form.Products products) {
            Node maps = users.add(new Diagonal(weight), products.items());
            return Form.Split.pairOnly(pairs.add(
                    new HistoryMaps(weight.parameter().length(0)),
                    wholes.whole(products.target()),
                    pairs.take(users, maps, Axis.HISTORY)));
        }
        Form.Split split = wholes.flat(x);
        Form.Split sum = affine.affine(linear, withoutUnsharedCrosses(weight, split));
        for (Form.Cross cross : split.crosses()) {
            if (isShared(weight, cross)) {
                sum = affine.plus(sum, crossed(weight, cross));
            }
        }
        return sum;
    }

    private static Weight columns(Weight weight, int from, int width) {
        return new Weight(
                weight.parameter(),
                width,
                weight.parts().stream()
                        .map(part -> new Weight.Part(part.from() + from, part.sign()))
                        .toList());
    }

    /** Multiplies those crosses out whose matrices would be too large. */
    private Form.Split withoutUnsharedCrosses(Weight weight, Form.Split x) {
        List<Form.Cross> large =
                x.crosses().stream().filter(cross -> !isShared(weight, cross)).toList();
        return wholes.multipliedOut(new Form.Split(x.width(), x.user(), x.item(), x.pair(), large, x.owners()));
    }

    private static boolean isShared(Weight weight, Form.Cross cross) {
        return weight.parameter().length(0) * cross.low().width() <= MOST_FLOATS;
    }

    /** W (s * (U h)) = (W diag(s) U) h. */
    private Form.Split crossed(Weight weight, Form.Cross cross) {
        int out = weight.parameter().length(0);
        int low = cross.low().width();
        int width = weight.width();
        float[] w = new float[out * width];
        weight.read(derived.values(), w, 0);
        float[] u = new float[width * low];
        if (cross.weight() == null) {
            Arrays.fill(u, 1);
        } else {
            cross.weight().read(derived.values(), u, 0);
        }
        float[] link = new float[low * out * width];
        for (int k = 0; k < low; k++) {
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < width; i++) {
                    link[(k * out + o) * width + i] = w[o * width + i] * u[i * low + k];
                }
            }
        }
        Linear links = new Linear(Weight.whole(derived.add(link, low * out, width)), null, 1);
        Node user = cross.scale().user();
        Node item = cross.scale().item();
        List<Node> products = new ArrayList<>();
        if (user != null) {
            Node matrix = pairs.take(users, users.add(links, user), Axis.USER);
            products.add(pairs.add(new RowProduct(out), cross.low(), matrix));
        }
        if (item != null) {
            Node matrix = pairs.take(items, items.add(links, item), Axis.ROWS);
            products.add(pairs.add(new RowProduct(out), cross.low(), matrix));
        }
        return Form.Split.pairOnly(
                products.size() == 1
                        ? products.get(0)
                        : pairs.add(new Combine(List.of(1f, 1f)), products.toArray(Node[]::new)));
    }
}
