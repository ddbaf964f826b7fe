// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Seed;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.operation.Activate;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.BatchNorm;
import org.sllmr.model.operation.Combine;
import org.sllmr.model.operation.Concatenate;
import org.sllmr.model.operation.Dropout;
import org.sllmr.model.operation.DropoutMasks;
import org.sllmr.model.operation.Input;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Multiply;
import org.sllmr.model.operation.Operation;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Select;
import org.sllmr.model.operation.Softmax;
import org.sllmr.model.operation.SumGroups;
import org.sllmr.model.operation.Weight;

/**
 * Describes a network: declares its parameters and composes its operations.
 *
 * <p>Every parameter is drawn from the seed's child of its name, so a name is part of what makes a run reproducible.
 */
public final class GraphBuilder {
    /** Added to the variance under the root, as in PyTorch. */
    private static final double NORM_EPSILON = 1e-5;

    private final Seed seed;
    private final LinearInitialization linear;
    private final List<Node> nodes = new ArrayList<>();
    private final ParameterBlock parameters = new ParameterBlock();
    private final ParameterBlock statistics = new ParameterBlock();
    private final List<DropoutMasks.Mask> masks = new ArrayList<>();
    private final List<Head> heads = new ArrayList<>();
    private Node fields;
    private @Nullable Node added;
    private @Nullable Node history;

    /**
     * A network without operations.
     *
     * @param row floats of a row of the input
     * @param history floats of a history item; 0 where histories are pooled
     * @param pairs floats of a row that depend on user and item together; 0 for none
     * @param seed what parameters are drawn from
     * @param linear how linear layers start
     */
    public GraphBuilder(int row, int history, int pairs, Seed seed, LinearInitialization linear) {
        this.seed = seed;
        this.linear = linear;
        this.fields = add(new Input(Axis.ROWS, row));
        if (history > 0) {
            add(new Input(Axis.HISTORY, history));
        }
        if (pairs > 0) {
            add(new Input(Axis.ROWS, pairs));
        }
    }

    /** Lets {@link #fields} be another value. */
    public GraphBuilder withFields(Node made) {
        fields = made;
        return this;
    }

    /** The fields of a row: {@code [fields, dimension]}; the input itself, unless they are made of it. */
    public Node fields() {
        return fields;
    }

    /** The rows' input: what {@link #fields} is made of. */
    public Node row() {
        return nodes.get(0);
    }

    /** A further input: what is read of the rows' examples, side by side. */
    public Node examples(int width) {
        return add(new Input(Axis.ROWS, width, true));
    }

    /** Adds a vector of each row for backbones to ask for. */
    public void added(Node made) {
        added = made;
    }

    /** A value, and behind it the vector that was {@linkplain #added(Node) added}; the value itself without one. */
    public Node withAdded(Node x) {
        return added == null ? x : concatenate(x, added);
    }

    /**
     * What of a row's input depends on user and item together.
     *
     * @throws IllegalStateException if there is nothing
     */
    public Node pairs() {
        return Inputs.pairs(nodes).orElseThrow(() -> new IllegalStateException("the network has no input of pairs"));
    }

    /**
     * The fields of the items of the rows' histories: {@code [fields of an item, dimension]}.
     *
     * @throws IllegalStateException if the backbone's settings do not ask for histories item by item
     */
    public Node history() {
        if (nodes.size() < 2 || nodes.get(1).axis() != Axis.HISTORY) {
            throw new IllegalStateException("the backbone's settings do not ask for histories");
        }
        return history == null ? nodes.get(1) : history;
    }

    /** Replaces the history items by what was made of them. */
    public void withHistory(Node made) {
        history = made;
    }

    /** A parameter that was declared under a name. */
    public Optional<Parameter> declared(String name) {
        return parameters.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }

    /** How linear layers start. */
    public LinearInitialization linear() {
        return linear;
    }

    /**
     * A trained parameter.
     *
     * @param fanIn number of inputs that the initialization should assume
     * @param fanOut number of outputs that the initialization should assume
     */
    public Parameter parameter(String name, Initialization initialization, int fanIn, int fanOut, int... shape) {
        RandomGenerator generator = seed.child(name).generator();
        Initialization.Draw draw = initialization.draw(fanIn, fanOut);
        float[] drawn = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = draw.next(generator);
        }
        return parameters.add(name, drawn, shape);
    }

    /** A vector that the network keeps but no gradient moves, such as a running mean. */
    public Parameter statistic(String name, float value, int size) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return statistics.add(name, values, size);
    }

    /** A dropout mask of rows, for operations that apply it themselves; its number. */
    public int mask(double rate, int width) {
        return mask(rate, width, Axis.ROWS);
    }

    private int mask(double rate, int width, Axis on) {
        masks.add(new DropoutMasks.Mask(rate, width, on));
        return masks.size() - 1;
    }

    /**
     * Any operation.
     *
     * @throws IllegalArgumentException if the operation does not take such inputs
     */
    public Node add(Operation operation, Node... inputs) {
        int width = operation.width(Arrays.stream(inputs).mapToInt(Node::width).toArray());
        Axis axis = operation.axis(Arrays.stream(inputs).map(Node::axis).toList());
        Node node = new Node(nodes.size(), operation, List.of(inputs), axis, width);
        nodes.add(node);
        return node;
    }

    /** W x + b, with the parameters {@code name.weight} and {@code name.bias}. */
    public Node linear(String name, Node x, int out) {
        return linear(name, x, 1, out, true);
    }

    /** W x + b for each of the groups of a vector, with or without b. */
    public Node linear(String name, Node x, int groups, int out, boolean biased) {
        int in = x.width() / groups;
        Parameter weight = parameter(name + ".weight", linear.weight(), in, out, out, in);
        Parameter bias = biased ? parameter(name + ".bias", linear.bias(), in, out, out) : null;
        return add(new Linear(Weight.whole(weight), bias, groups), x);
    }

    /**
     * Batch normalisation of each unit, with the parameters {@code name.weight} and {@code name.bias} and the statistics {@code
     * name.running_mean} and {@code name.running_var}.
     */
    public Node batchNorm(String name, Node x) {
        int units = x.width();
        Initialization one = new Initialization.Constant(1);
        Initialization zero = new Initialization.Constant(0);
        return add(
                new BatchNorm(
                        parameter(name + ".weight", one, units, units, units),
                        parameter(name + ".bias", zero, units, units, units),
                        statistic(name + ".running_mean", 0, units),
                        statistic(name + ".running_var", 1, units),
                        NORM_EPSILON),
                x);
    }

    /** Dropout of rows or history items with that rate; a rate of 0 does nothing. */
    public Node dropout(double rate, Node x) {
        return rate > 0 ? add(new Dropout(mask(rate, x.width(), x.axis())), x) : x;
    }

    /** max(0, x). */
    public Node relu(Node x) {
        return add(new Activate(Activate.Function.RELU), x);
    }

    /** tanh x. */
    public Node tanh(Node x) {
        return add(new Activate(Activate.Function.TANH), x);
    }

    /** The sum of values of one width. */
    public Node sum(Node... inputs) {
        return add(new Combine(Collections.nCopies(inputs.length, 1f)), inputs);
    }

    /** x - y. */
    public Node difference(Node x, Node y) {
        return add(new Combine(List.of(1f, -1f)), x, y);
    }

    /** x times a constant. */
    public Node scale(float factor, Node x) {
        return add(new Combine(List.of(factor)), x);
    }

    /**
     * The products of the elements of x with those of a value as wide or narrower, each of whose elements counts for as many
     * consecutive elements of x.
     */
    public Node product(Node x, Node factors) {
        return add(new Multiply(x.width() / factors.width()), x, factors);
    }

    /** All values, one behind the other. */
    public Node concatenate(Node... inputs) {
        return add(new Concatenate(), inputs);
    }

    /** Consecutive elements. */
    public Node slice(Node x, int from, int length) {
        return from == 0 && length == x.width() ? x : select(x, List.of(new Select.Run(from, length)));
    }

    /** Some runs of consecutive elements, one behind the other. */
    public Node select(Node x, List<Select.Run> runs) {
        return add(new Select(runs), x);
    }

    /** The sum of the groups {@code [groups, size]} of a vector. */
    public Node sumGroups(int groups, Node x) {
        return groups == 1 ? x : add(new SumGroups(groups), x);
    }

    /** The sum of a vector's elements. */
    public Node total(Node x) {
        return sumGroups(x.width(), x);
    }

    /** A softmax over the elements of each vector. */
    public Node softmax(Node x) {
        return add(new Softmax(), x);
    }

    /**
     * Lets training minimize a value as well.
     *
     * @param name what the loss is called
     * @param weight factor of the value's mean over the samples of a batch, above 0
     * @param loss one float a row
     * @throws IllegalArgumentException if the value is another one, the weight is not above 0, or the name is taken
     */
    public void head(String name, double weight, Node loss) {
        if (loss.width() != 1 || loss.axis() != Axis.ROWS) {
            throw new IllegalArgumentException("the loss '" + name + "' is " + loss + ", not one float a row");
        }
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the loss '" + name + "' has the weight " + weight + ", not one above 0");
        }
        if (heads.stream().anyMatch(head -> head.name().equals(name))) {
            throw new IllegalArgumentException("there are two losses '" + name + "'");
        }
        heads.add(new Head(name, loss, weight));
    }

    /**
     * The whole network.
     *
     * @param logit the output
     * @throws IllegalArgumentException if it is not one float a row
     */
    public Graph build(Node logit) {
        if (logit.width() != 1 || logit.axis() != Axis.ROWS) {
            throw new IllegalArgumentException("the output is " + logit + ", not one float a row");
        }
        return new Graph(nodes, List.of(logit), heads, parameters, statistics, masks);
    }
}
