// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Activate;
import org.sllmr.model.operation.Assemble;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.BatchNorm;
import org.sllmr.model.operation.Combine;
import org.sllmr.model.operation.CompressedInteraction;
import org.sllmr.model.operation.Concatenate;
import org.sllmr.model.operation.Diagonal;
import org.sllmr.model.operation.Dropout;
import org.sllmr.model.operation.FieldAttention;
import org.sllmr.model.operation.HistoryAggregate;
import org.sllmr.model.operation.HistoryMaps;
import org.sllmr.model.operation.HistoryProduct;
import org.sllmr.model.operation.Input;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Multiply;
import org.sllmr.model.operation.Operation;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Project;
import org.sllmr.model.operation.RowProduct;
import org.sllmr.model.operation.Scale;
import org.sllmr.model.operation.Select;
import org.sllmr.model.operation.Shift;
import org.sllmr.model.operation.SparseLinear;
import org.sllmr.model.operation.Weight;

/**
 * Takes a trained network apart into what depends on the user, on the item, and on both.
 *
 * <p>Every value is a sum of such parts ({@link Form}). An affine operation is applied to each part by itself, its constant to
 * one of them; any other one to the whole, unless that is of one side alone. Three products are not multiplied out before the
 * linear operation W that reads them, because then a part of it can be computed once:
 *
 * <ul>
 *   <li>W (s * (U h)) = (W diag(s) U) h, where s is a user's part and an item's part, and h is narrow (cross networks);
 *   <li>W (t * h) = (W diag(h)) t for a target t and a history item h (local activation);
 *   <li>W (sum of a_j h_j) = sum of a_j (W h_j) for weights a_j of history items h_j.
 * </ul>
 *
 * <p>{@linkplain AttentionParts Attention among fields} and compressed interactions are taken apart as a
 * whole, where each field is of one side.
 */
final class Analysis {
    /** Most floats of a matrix that is kept for every item. */
    private static final int MOST_FLOATS = 1024;

    /** Outputs from which on it takes less time to leave zeros out than to look for them. */
    private static final int WIDE = 32;

    private final Graph graph;
    private final Derived derived;
    private final float[] statistics;
    private final BitSet userColumns;
    private final BitSet itemColumns;
    final PartGraph users = new PartGraph();
    final PartGraph items = new PartGraph();
    final PartGraph pairs = new PartGraph();
    private final FieldParts fields;
    private final Map<Node, Form> forms = new HashMap<>();
    private final IdentityHashMap<Form, Node> whole = new IdentityHashMap<>();
    /** Values beside each other as one value of two sides. */
    private final IdentityHashMap<Form, Form.Split> apart = new IdentityHashMap<>();

    /**
     * Prepares to take a network apart.
     *
     * @param derived takes parameters that are computed from the network's
     * @param userColumns elements of a row's fields that depend on the user
     * @param itemColumns elements of a row's fields that depend on the item
     */
    Analysis(Graph graph, Derived derived, float[] statistics, BitSet userColumns, BitSet itemColumns) {
        this.graph = graph;
        this.derived = derived;
        this.statistics = statistics;
        this.userColumns = userColumns;
        this.itemColumns = itemColumns;
        this.fields = new FieldParts(users, items, pairs, derived);
    }

    /** The logits, in the pairs' graph. */
    Node logits() {
        Set<Node> needed = graph.needed(List.of(graph.logit()));
        for (Node node : graph.nodes()) {
            if (!needed.contains(node) && !(node.operation() instanceof Input)) {
                continue;
            }
            forms.put(
                    node,
                    node.operation() instanceof Input input
                            ? input(input, graph.pairs().filter(node::equals).isPresent() || input.ofExamples())
                            : apply(
                                    node.operation(),
                                    node.inputs().stream().map(forms::get).toList()));
        }
        Node logits = whole(Objects.requireNonNull(forms.get(graph.logit())));
        pairs.output(logits);
        return logits;
    }

    /** What a value is, after {@link #logits}. */
    Form form(Node node) {
        return Objects.requireNonNull(forms.get(node));
    }

    private Form input(Input input, boolean ofPair) {
        if (ofPair) {
            return ofPair(pairs.add(input));
        }
        Node user = input.on() == Axis.HISTORY || !userColumns.isEmpty() ? users.add(input) : null;
        if (input.on() == Axis.HISTORY) {
            return new Form.Split(input.floats(), user, null, null, List.of(), null);
        }
        Node item = itemColumns.isEmpty() ? null : items.add(input);
        return new Form.Split(input.floats(), user, item, null, List.of(), new Form.Owners(userColumns, itemColumns));
    }

    private Form apply(Operation operation, List<Form> inputs) {
        Form first = inputs.get(0);
        if (operation instanceof Dropout) {
            return first;
        }
        if (operation instanceof Concatenate) {
            return new Form.Joined(inputs);
        }
        if (operation instanceof Linear linear && linear.groups() == 1) {
            return linear(linear, first);
        }
        if (operation instanceof CompressedInteraction interaction) {
            Node bySide = fields.interaction(interaction, flat(first));
            if (bySide != null) {
                return ofPair(bySide);
            }
        }
        if (operation instanceof FieldAttention attention) {
            BitSet ofUser = FieldParts.ofUser(flat(first), attention.fields());
            if (ofUser != null) {
                return new Form.Attended(flat(first), ofUser, attention);
            }
        }
        if (operation instanceof Linear linear
                && first instanceof Form.Attended attended
                && linear.groups() == attended.operation().fields()) {
            return ofPair(fields.attention(attended, linear));
        }
        if (operation instanceof Multiply multiply) {
            return multiply(multiply, flat(first), flat(inputs.get(1)));
        }
        if (operation instanceof HistoryProduct
                && flat(inputs.get(1)).isOfUser()
                && !flat(first).isOfUser()) {
            return new Form.Products(flat(first), flat(inputs.get(1)).ofUser());
        }
        if (operation instanceof HistoryAggregate
                && flat(inputs.get(1)).isOfUser()
                && !flat(first).isOfUser()) {
            return new Form.Aggregate(whole(first), flat(inputs.get(1)).ofUser());
        }
        List<Form.Split> splits = inputs.stream().map(this::flat).toList();
        if (splits.stream().allMatch(Form.Split::isOfUser)) {
            return ofUser(
                    users.add(operation, splits.stream().map(Form.Split::user).toArray(Node[]::new)));
        }
        if (splits.stream().allMatch(Form.Split::isOfItem)) {
            return ofItem(
                    items.add(operation, splits.stream().map(Form.Split::item).toArray(Node[]::new)));
        }
        if (operation instanceof Combine combine) {
            return combine(combine, splits);
        }
        if (operation.affine() && splits.size() == 1) {
            return affine(operation, splits.get(0));
        }
        Node[] wholes = splits.stream().map(this::whole).toArray(Node[]::new);
        if (operation instanceof Activate activate
                && activate.function() == Activate.Function.RELU
                && wholes[0].operation() instanceof Assemble) {
            return ofPair(pairs.add(new Assemble(true), wholes[0].inputs().toArray(Node[]::new)));
        }
        return ofPair(pairs.add(operation, wholes));
    }

    private static Form.Split ofUser(Node node) {
        return new Form.Split(node.width(), node, null, null, List.of(), null);
    }

    private static Form.Split ofItem(Node node) {
        return new Form.Split(node.width(), null, node, null, List.of(), null);
    }

    private static Form.Split ofPair(Node node) {
        return new Form.Split(node.width(), null, null, node, List.of(), null);
    }

    // ---- affine operations ----

    private Form.Split combine(Combine combine, List<Form.Split> inputs) {
        List<Form.Cross> crosses = new ArrayList<>();
        List<Form.Split> plain = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Form.Split input = inputs.get(i);
            boolean carried = combine.factors().get(i) == 1;
            plain.add(carried ? withoutCrosses(input) : multipliedOut(input));
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

    private static Form.Split withoutCrosses(Form.Split split) {
        return new Form.Split(split.width(), split.user(), split.item(), split.pair(), List.of(), split.owners());
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

    private Form.Split plus(Form.Split one, Form.Split other) {
        return combine(new Combine(List.of(1f, 1f)), List.of(one, other));
    }

    /** An affine operation on each part, its constant on the first one that there is of user, pair and item. */
    private Form.Split affine(Operation operation, Form.Split input) {
        if (operation instanceof BatchNorm norm
                && input.isOfPair()
                && dense(input.ofPair().operation()) instanceof Linear linear
                && linear.groups() == 1) {
            Node x = input.ofPair().inputs().get(0);
            return ofPair(pairs.add(sparse(normalised(linear, norm), x), x));
        }
        if (operation instanceof Linear linear && linear.groups() > 1) {
            BitSet ofUser = FieldParts.ofUser(input, linear.groups());
            if (ofUser != null) {
                return fields.linear(linear, input, ofUser);
            }
        }
        Form.Split x = operation instanceof Shift ? withoutCrosses(input) : multipliedOut(input);
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
    private static Operation dense(Operation operation) {
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

    // ---- linear layers ----

    private Form.Split linear(Linear linear, Form x) {
        if (x instanceof Form.Split split && split.isOfPair()) {
            return affine(linear, split);
        }
        Form.Split product = product(linear.weight(), x);
        Parameter bias = linear.bias();
        return bias == null ? product : affine(new Shift(bias), product);
    }

    private Form.Split product(Weight weight, Form x) {
        Linear linear = new Linear(weight, null, 1);
        if (x instanceof Form.Joined joined) {
            Form.Split sum = null;
            int at = 0;
            for (Form part : joined.parts()) {
                Form.Split product = product(columns(weight, at, part.width()), part);
                sum = sum == null ? product : plus(sum, product);
                at += part.width();
            }
            if (sum == null) {
                throw new IllegalArgumentException("nothing to concatenate");
            }
            return sum;
        }
        if (x instanceof Form.Aggregate aggregate) {
            Node products = users.add(linear, aggregate.items());
            return ofPair(
                    pairs.add(new HistoryAggregate(), aggregate.weights(), pairs.take(users, products, Axis.HISTORY)));
        }
        if (x instanceof Form.Products products) {
            Node maps = users.add(new Diagonal(weight), products.items());
            return ofPair(pairs.add(
                    new HistoryMaps(weight.parameter().length(0)),
                    whole(products.target()),
                    pairs.take(users, maps, Axis.HISTORY)));
        }
        Form.Split split = flat(x);
        Form.Split sum = affine(linear, withoutUnsharedCrosses(weight, split));
        for (Form.Cross cross : split.crosses()) {
            if (isShared(weight, cross)) {
                sum = plus(sum, crossed(weight, cross));
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
        return multipliedOut(new Form.Split(x.width(), x.user(), x.item(), x.pair(), large, x.owners()));
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
        return ofPair(
                products.size() == 1
                        ? products.get(0)
                        : pairs.add(new Combine(List.of(1f, 1f)), products.toArray(Node[]::new)));
    }

    // ---- products ----

    private Form.Split multiply(Multiply operation, Form.Split x, Form.Split factors) {
        if (x.isOfUser() && factors.isOfUser()) {
            return ofUser(users.add(operation, x.ofUser(), factors.ofUser()));
        }
        if (x.isOfItem() && factors.isOfItem()) {
            return ofItem(items.add(operation, x.ofItem(), factors.ofItem()));
        }
        if (operation.repeat() == 1
                && x.owners() != null
                && factors.owners() != null
                && x.owners().areDisjointTo(factors.owners())) {
            return apart(operation, x, factors);
        }
        if (x.isSeparable() && operation.repeat() == x.width() && x.width() > 1) {
            return new Form.Split(x.width(), null, null, null, List.of(new Form.Cross(x, null, whole(factors))), null);
        }
        if (x.isSeparable()
                && factors.isOfPair()
                && operation.repeat() == 1
                && dense(factors.ofPair().operation()) instanceof Linear linear
                && linear.groups() == 1
                && linear.weight().width() < x.width()) {
            Form.Cross cross =
                    new Form.Cross(x, linear.weight(), factors.ofPair().inputs().get(0));
            Parameter bias = linear.bias();
            Node user = bias == null || x.user() == null ? null : users.add(new Scale(bias), x.user());
            Node item = bias == null || x.item() == null ? null : items.add(new Scale(bias), x.item());
            return new Form.Split(x.width(), user, item, null, List.of(cross), null);
        }
        return ofPair(pairs.add(operation, whole(x), whole(factors)));
    }

    /** Products of values whose elements each belong to one side, the same in both. */
    private Form.Split apart(Multiply operation, Form.Split x, Form.Split factors) {
        Node user = x.user() == null || factors.user() == null ? null : users.add(operation, x.user(), factors.user());
        Node item = x.item() == null || factors.item() == null ? null : items.add(operation, x.item(), factors.item());
        return new Form.Split(x.width(), user, item, null, List.of(), x.owners());
    }

    // ---- the whole of a value ----

    /** A value as one sum of parts. */
    private Form.Split flat(Form form) {
        if (form instanceof Form.Split split) {
            return split;
        }
        if (form instanceof Form.Joined joined) {
            List<Form.Split> parts = joined.parts().stream().map(this::flat).toList();
            if (parts.stream().allMatch(Form.Split::isOfUser)) {
                return ofUser(users.add(
                        new Concatenate(), parts.stream().map(Form.Split::user).toArray(Node[]::new)));
            }
            if (parts.stream().allMatch(Form.Split::isOfItem)) {
                return ofItem(items.add(
                        new Concatenate(), parts.stream().map(Form.Split::item).toArray(Node[]::new)));
            }
            if (parts.stream().allMatch(Analysis::isOfRowsApart)) {
                return apart.computeIfAbsent(form, key -> besideEachOther(parts));
            }
        }
        return ofPair(whole(form));
    }

    private static boolean isOfRowsApart(Form.Split split) {
        return split.isSeparable() && (split.user() == null || split.user().axis() == Axis.ROWS);
    }

    /** Values of both sides, one behind the other: each side's elements in their places, and zeros in the others'. */
    private Form.Split besideEachOther(List<Form.Split> parts) {
        int width = parts.stream().mapToInt(Form.Split::width).sum();
        List<Node> ofUser = new ArrayList<>();
        List<Node> ofItem = new ArrayList<>();
        BitSet userElements = new BitSet();
        BitSet itemElements = new BitSet();
        int at = 0;
        for (Form.Split part : parts) {
            Form.Owners owners = part.owners();
            for (int i = 0; i < part.width(); i++) {
                userElements.set(
                        at + i,
                        part.user() != null && (owners == null || owners.user().get(i)));
                itemElements.set(
                        at + i,
                        part.item() != null && (owners == null || owners.item().get(i)));
            }
            if (part.user() != null) {
                ofUser.add(users.add(padding(at, part.width(), width), part.user()));
            }
            if (part.item() != null) {
                ofItem.add(items.add(padding(at, part.width(), width), part.item()));
            }
            at += part.width();
        }
        return new Form.Split(
                width,
                total(users, ofUser),
                total(items, ofItem),
                null,
                List.of(),
                new Form.Owners(userElements, itemElements));
    }

    private static @Nullable Node total(PartGraph graph, List<Node> summands) {
        if (summands.isEmpty()) {
            return null;
        }
        return summands.size() == 1
                ? summands.get(0)
                : graph.add(new Combine(Collections.nCopies(summands.size(), 1f)), summands.toArray(Node[]::new));
    }

    /** Elements from {@code at} on of a wider vector, whose others are 0. */
    private Linear padding(int at, int width, int padded) {
        float[] matrix = new float[Math.multiplyExact(padded, width)];
        for (int i = 0; i < width; i++) {
            matrix[(at + i) * width + i] = 1;
        }
        return new Linear(Weight.whole(derived.add(matrix, padded, width)), null, 1);
    }

    /** A value's crosses as a part of both sides. */
    private Form.Split multipliedOut(Form.Split split) {
        if (split.crosses().isEmpty()) {
            return split;
        }
        List<Node> summands = new ArrayList<>();
        if (split.pair() != null) {
            summands.add(split.pair());
        }
        for (Form.Cross cross : split.crosses()) {
            Node scale = whole(cross.scale());
            summands.add(
                    cross.weight() == null
                            ? pairs.add(new Multiply(split.width()), scale, cross.low())
                            : pairs.add(
                                    new Multiply(1),
                                    scale,
                                    pairs.add(new Linear(cross.weight(), null, 1), cross.low())));
        }
        Node pair =
                summands.size() == 1 ? summands.get(0) : pairs.add(new Assemble(false), summands.toArray(Node[]::new));
        return new Form.Split(split.width(), split.user(), split.item(), pair, List.of(), null);
    }

    /** A value in the pairs' graph. */
    private Node whole(Form form) {
        Node known = whole.get(form);
        if (known == null) {
            known = assemble(form);
            whole.put(form, known);
        }
        return known;
    }

    private Node assemble(Form form) {
        if (form instanceof Form.Joined joined) {
            return pairs.add(
                    new Concatenate(), joined.parts().stream().map(this::whole).toArray(Node[]::new));
        }
        if (form instanceof Form.Aggregate aggregate) {
            return pairs.add(
                    new HistoryAggregate(), aggregate.weights(), pairs.take(users, aggregate.items(), Axis.HISTORY));
        }
        if (form instanceof Form.Products products) {
            return pairs.add(
                    new HistoryProduct(), whole(products.target()), pairs.take(users, products.items(), Axis.HISTORY));
        }
        if (form instanceof Form.Attended attended) {
            return fields.attention(attended, null);
        }
        Form.Split split = multipliedOut((Form.Split) form);
        if (split.isOfUser() && split.ofUser().axis() == Axis.HISTORY) {
            return pairs.take(users, split.ofUser(), Axis.HISTORY);
        }
        List<Node> summands = new ArrayList<>();
        if (split.pair() != null) {
            summands.add(split.pair());
        }
        if (split.item() != null) {
            summands.add(pairs.take(items, split.item(), Axis.ROWS));
        }
        if (split.user() != null) {
            if (split.user().axis() != Axis.ROWS) {
                throw new IllegalStateException(
                        "a value of the user alone stands on " + split.user().axis());
            }
            summands.add(pairs.take(users, split.user(), Axis.USER));
        }
        return summands.size() == 1 && summands.get(0).axis() != Axis.USER
                ? summands.get(0)
                : pairs.add(new Assemble(false), summands.toArray(Node[]::new));
    }
}
