// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Activate;
import org.sllmr.model.operation.Assemble;
import org.sllmr.model.operation.BatchNorm;
import org.sllmr.model.operation.Combine;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Operation;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Project;
import org.sllmr.model.operation.Scale;
import org.sllmr.model.operation.Select;
import org.sllmr.model.operation.Shift;
import org.sllmr.model.operation.SparseLinear;
import org.sllmr.model.operation.Weight;

/** Affine operations on each part of a value by itself, their constant on one of them. */
final class AffineParts {
    /** Outputs from which on it takes less time to leave zeros out than to look for them. */
    private static final int WIDE = 32;

    private final PartGraph users;
    private final PartGraph items;
    private final PartGraph pairs;
    private final Derived derived;
    private final float[] statistics;
    private final FieldParts fields;
    private final Wholes wholes;

    /**
     * Operations of a network.
     *
     * @param statistics the network's running statistics
     */
    AffineParts(PartGraphs graphs, Derived derived, float[] statistics, FieldParts fields, Wholes wholes) {
        this.users = graphs.users();
        this.items = graphs.items();
        this.pairs = graphs.pairs();
        this.derived = derived;
        this.statistics = statistics;
        this.fields = fields;
        this.wholes = wholes;
    }

    Form.Split combine(Combine combine, List<Form.Split> inputs) {
        List<Form.Cross> crosses = new ArrayList<>();
        List<Form.Split> plain = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Form.Split input = inputs.get(i);
            boolean carried = combine.factors().get(i) == 1;
            plain.add(carried ? input.withoutCrosses() : wholes.multipliedOut(input));
            if (carried) {
                crosses.addAll(input.crosses());
            }
        }
        return new Form.Split(
                inputs.get(0).width(),
                sum(users, combine, plain, Form.Split::user),
                sum(items, combine, plain, Form.Split::item),
                sum(pairs, combine, plain, Form.Split::pair),
                crosses,
                null);
    }
    /** One part of a value. */
    @FunctionalInterface
    private interface Part {
        @Nullable
        Node of(Form.Split split);
    }

    private static @Nullable Node sum(PartGraph graph, Combine combine, List<Form.Split> inputs, Part part) {
        List<Node> present = new ArrayList<>();
        List<Float> factors = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Node input = part.of(inputs.get(i));
            if (input != null) {
                present.add(input);
                factors.add(combine.factors().get(i));
            }
        }
        if (present.isEmpty()) {
            return null;
        }
        return present.size() == 1 && factors.get(0) == 1
                ? present.get(0)
                : graph.add(new Combine(factors), present.toArray(Node[]::new));
    }

    Form.Split plus(Form.Split one, Form.Split other) {
        return combine(new Combine(List.of(1f, 1f)), List.of(one, other));
    }

    /** An affine operation on each part, its constant on the first one that there is of user, pair and item. */
    Form.Split affine(Operation operation, Form.Split input) {
        if (operation instanceof BatchNorm norm
                && input.isOfPair()
                && dense(input.ofPair().operation()) instanceof Linear linear
                && linear.groups() == 1) {
            Node x = input.ofPair().inputs().get(0);
            return Form.Split.pairOnly(pairs.add(sparse(normalised(linear, norm), x), x));
        }
        if (operation instanceof Linear linear && linear.groups() > 1) {
            BitSet ofUser = FieldParts.ofUser(input, linear.groups());
            if (ofUser != null) {
                return fields.linear(linear, input, ofUser);
            }
        }
        Form.Split x = operation instanceof Shift ? input.withoutCrosses() : wholes.multipliedOut(input);
        List<Form.Cross> crosses = operation instanceof Shift ? input.crosses() : List.of();
        boolean constantDone = false;
        Node user = x.user();
        Node pair = x.pair();
        Node item = x.item();
        int width = operation.width(new int[] {x.width()});
        if (user != null) {
            user = users.add(operation, user);
            constantDone = true;
        }
        if (pair != null) {
            pair = constantDone ? linearPart(pairs, operation, pair) : pairs.add(sparse(operation, pair), pair);
            constantDone = true;
        }
        if (item != null) {
            item = constantDone ? linearPart(items, operation, item) : items.add(operation, item);
        }
        if (operation instanceof Select select && x.owners() != null) {
            return owned(
                    width,
                    user,
                    item,
                    select(select, x.owners().user()),
                    select(select, x.owners().item()));
        }
        if (operation instanceof Project project && x.owners() != null) {
            return owned(
                    width,
                    user,
                    item,
                    project(project, x.owners().user()),
                    project(project, x.owners().item()));
        }
        return new Form.Split(width, user, item, pair, crosses, null);
    }

    /** A wide linear layer in the form that leaves zeros out, if its input was rectified. */
    private static Operation sparse(Operation operation, Node x) {
        return operation instanceof Linear linear
                        && linear.groups() == 1
                        && linear.weight().out() >= WIDE
                        && isRectified(x.operation())
                ? new SparseLinear(linear)
                : operation;
    }

    /** The operation that {@link #sparse} took. */
    static Operation dense(Operation operation) {
        return operation instanceof SparseLinear sparse ? sparse.linear() : operation;
    }

    private static boolean isRectified(Operation operation) {
        return operation instanceof Assemble assemble
                ? assemble.rectified()
                : operation instanceof Activate activate && activate.function() == Activate.Function.RELU;
    }

    private static BitSet project(Project project, BitSet columns) {
        return project.dependents(columns.stream()).collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private static Form.Split owned(int width, @Nullable Node user, @Nullable Node item, BitSet ofUser, BitSet ofItem) {
        return new Form.Split(
                width,
                ofUser.isEmpty() ? null : user,
                ofItem.isEmpty() ? null : item,
                null,
                List.of(),
                new Form.Owners(ofUser, ofItem));
    }

    private static BitSet select(Select select, BitSet columns) {
        BitSet selected = new BitSet();
        int at = 0;
        for (Select.Run run : select.runs()) {
            for (int i = 0; i < run.length(); i++) {
                selected.set(at++, columns.get(run.from() + i));
            }
        }
        return selected;
    }

    /** The operation without its constant. */
    private Node linearPart(PartGraph part, Operation operation, Node x) {
        if (operation instanceof Shift) {
            return x;
        }
        if (operation instanceof BatchNorm norm) {
            return part.add(new Scale(derived.add(factors(norm), norm.mean().size())), x);
        }
        if (operation instanceof Linear linear) {
            return part.add(new Linear(linear.weight(), null, linear.groups()), x);
        }
        return part.add(operation, x);
    }

    private float[] factors(BatchNorm norm) {
        int units = norm.mean().size();
        float[] factors = new float[units];
        for (int j = 0; j < units; j++) {
            double root = 1 / Math.sqrt(statistics[norm.variance().offset() + j] + norm.epsilon());
            Parameter weight = norm.weight();
            factors[j] = (float) (weight == null ? root : root * derived.values()[weight.offset() + j]);
        }
        return factors;
    }

    /** A linear layer that normalises its results itself. */
    private Linear normalised(Linear linear, BatchNorm norm) {
        int out = linear.weight().out();
        int in = linear.weight().width();
        float[] factors = factors(norm);
        float[] weights = new float[out * in];
        linear.weight().read(derived.values(), weights, 0);
        float[] biases = new float[out];
        for (int j = 0; j < out; j++) {
            int unit = j % factors.length;
            for (int i = 0; i < in; i++) {
                weights[j * in + i] *= factors[unit];
            }
            float bias =
                    linear.bias() == null ? 0 : derived.values()[linear.bias().offset() + j];
            float summand =
                    norm.bias() == null ? 0 : derived.values()[norm.bias().offset() + unit];
            biases[j] = (bias - statistics[norm.mean().offset() + unit]) * factors[unit] + summand;
        }
        return new Linear(Weight.whole(derived.add(weights, out, in)), derived.add(biases, out), 1);
    }
}
