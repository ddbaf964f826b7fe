// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.augmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.operation.Activate;
import org.sllmr.model.operation.CausalAttention;
import org.sllmr.model.operation.CosineDistance;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Project;
import org.sllmr.model.operation.RmsNorm;
import org.sllmr.model.operation.Select;
import org.sllmr.model.operation.Shift;
import org.sllmr.model.operation.Weight;
import org.sllmr.model.retrieval.Examples;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.KnowledgeSource;

/**
 * The in-context module of LLM-CF (Section 3.3):
 *
 * <pre>
 *     M(e)   = MLP [256, width] of a text's vector
 *     x      = MLP [128, width] of the pooled fields, M(item's text) and M(mean of the history's texts)
 *     tokens = x_1, M(chain_1), label_1, ..., x_4, M(chain_4), label_4, x of the row itself
 *     loss   = 1 - mean over the examples of cos(MLP [256, floats of a chain] of x's state, chain)
 * </pre>
 *
 * <p>and a decoder, whose layers are h + Attention(Norm(h)) and h + W2 (silu(W1 n) * W3 n) with n = Norm(h), without biases.
 * Without chains there is neither their token nor the loss. An example without a chain counts as 1.
 */
final class ExampleReader {
    private static final int TEXT_UNITS = 256;
    private static final int FIELD_UNITS = 128;
    private static final double EPSILON = 1e-5;
    private static final double ROTARY_BASE = 1e4;
    /** The examples, and the row itself. */
    private static final int READ = Examples.PER_ROW + 1;

    private final GraphBuilder network;
    private final LlmCf settings;
    private final InputShape token;
    private final int width;
    /** Floats of a chain of thought; 0 without chains. */
    private final int chain;
    /** Tokens of an example. */
    private final int each;

    private final int tokens;

    ExampleReader(GraphBuilder network, LlmCf settings, InputShape token) {
        this.network = network;
        this.settings = settings;
        this.token = token;
        this.width = settings.width();
        this.chain = token.chain().map(Field::floats).orElse(0);
        this.each = chain > 0 ? 3 : 2;
        this.tokens = each * Examples.PER_ROW + 1;
    }

    /** One vector a row. */
    Node made() {
        Node read = network.examples(READ * token.width());
        Node pooled = network.select(read, runs(READ, 0, token.pooledWidth(), token.width()));
        Node texts = texts(read);
        Node x = layer("llm-cf.fields", joined(pooled, texts), READ, FIELD_UNITS);
        Node states = interleaved(x, texts, labels(read));
        if (!settings.decoder()) {
            return network.scale(1f / tokens, network.sumGroups(tokens, states));
        }
        for (int number = 0; number < settings.layers(); number++) {
            states = decoded("llm-cf.decoder." + number, states);
        }
        states = norm("llm-cf.decoder.norm", states);
        if (chain > 0 && settings.reconstruction() > 0) {
            reconstruct(states, read);
        }
        return network.slice(states, (tokens - 1) * width, width);
    }

    /** Lets the states of the examples say what their chains are, which only later tokens have seen. */
    private void reconstruct(Node states, Node read) {
        int count = Examples.PER_ROW;
        Node ofExamples = network.select(states, runs(count, 0, width, each * width));
        Node hidden = network.relu(network.linear("llm-cf.chains.0", ofExamples, count, TEXT_UNITS, true));
        Node made = network.linear("llm-cf.chains.1", hidden, count, chain, true);
        Node chains = network.select(read, runs(count, chainAt(), chain, token.width()));
        Node distances = network.add(new CosineDistance(count), made, chains);
        network.head("reconstruction", settings.reconstruction(), network.scale(1f / count, network.total(distances)));
    }

    private int chainAt() {
        return token.at(token.knowledge(KnowledgeSource.CHAIN));
    }

    private static List<Select.Run> runs(int count, int from, int length, int step) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Select.Run(i * step + from, length))
                .toList();
    }

    /** For each row that is read M of its item's text, then for each M of its history's texts, then for each example M of its chain. */
    private Node texts(Node read) {
        int floats = token.knowledge(KnowledgeSource.ITEM).floats();
        Parameter first = network.parameter(
                "llm-cf.texts.0.weight", network.linear().weight(), floats, TEXT_UNITS, TEXT_UNITS, floats);
        Parameter bias =
                network.parameter("llm-cf.texts.0.bias", network.linear().bias(), floats, TEXT_UNITS, TEXT_UNITS);
        List<Project.Part> parts = new ArrayList<>();
        for (String name : List.of(KnowledgeSource.ITEM, KnowledgeSource.USER)) {
            int at = token.at(token.knowledge(name));
            for (int i = 0; i < READ; i++) {
                parts.add(new Project.Part(i * token.width() + at, floats, first));
            }
        }
        if (chain > 0) {
            requireWidth(floats);
            for (int i = 0; i < Examples.PER_ROW; i++) {
                parts.add(new Project.Part(i * token.width() + chainAt(), floats, first));
            }
        }
        Node hidden = network.relu(network.add(new Shift(bias), network.add(new Project(parts), read)));
        return network.linear("llm-cf.texts.1", hidden, parts.size(), width, true);
    }

    private void requireWidth(int floats) {
        if (chain != floats) {
            throw new InvalidInputException(
                    "augmentation.itemVectors",
                    "have " + floats + " floats, but chains of thought have " + chain
                            + ", and one network reads both; leave itemVectors out, so that one encoder makes both");
        }
    }

    private Node joined(Node pooled, Node texts) {
        int ofFields = token.pooledWidth();
        int all = pooled.width();
        List<Select.Run> runs = new ArrayList<>();
        for (int i = 0; i < READ; i++) {
            runs.add(new Select.Run(i * ofFields, ofFields));
            runs.add(new Select.Run(all + i * width, width));
            runs.add(new Select.Run(all + (READ + i) * width, width));
        }
        return network.select(network.concatenate(pooled, texts), runs);
    }

    /** A perceptron of one hidden layer over each group. */
    private Node layer(String name, Node x, int groups, int units) {
        Node hidden = network.relu(network.linear(name + ".0", x, groups, units, true));
        return network.linear(name + ".1", hidden, groups, width, true);
    }

    /** A row of a table of two for each example. */
    private Node labels(Node read) {
        Parameter table = network.parameter("llm-cf.labels", new Initialization.Normal(1), 2, width, width, 2);
        int at = token.at(token.knowledge(KnowledgeSource.LABEL));
        return network.add(
                new Project(IntStream.range(0, Examples.PER_ROW)
                        .mapToObj(i -> new Project.Part(i * token.width() + at, 2, table))
                        .toList()),
                read);
    }

    private Node interleaved(Node x, Node texts, Node labels) {
        List<Select.Run> runs = new ArrayList<>();
        for (int i = 0; i < Examples.PER_ROW; i++) {
            runs.add(new Select.Run(i * width, width));
            if (chain > 0) {
                runs.add(new Select.Run((READ + Examples.PER_ROW + 2 * READ + i) * width, width));
            }
            runs.add(new Select.Run((READ + i) * width, width));
        }
        runs.add(new Select.Run(Examples.PER_ROW * width, width));
        return network.select(chain > 0 ? network.concatenate(x, labels, texts) : network.concatenate(x, labels), runs);
    }

    private Node decoded(String name, Node states) {
        Node attended = network.add(
                new CausalAttention(tokens, settings.heads(), width / settings.heads(), ROTARY_BASE),
                linear(name + ".attention", norm(name + ".attention_norm", states), 3 * width));
        Node h = network.sum(states, linear(name + ".output", attended, width));
        Node n = norm(name + ".forward_norm", h);
        Node gate = linear(name + ".w1", n, 2 * width);
        Node silu = network.product(gate, network.add(new Activate(Activate.Function.SIGMOID), gate));
        Node gated = network.product(silu, linear(name + ".w3", n, 2 * width));
        return network.sum(h, linear(name + ".w2", gated, width));
    }

    private Node norm(String name, Node x) {
        Parameter weight = network.parameter(name + ".weight", new Initialization.Constant(1), width, width, width);
        return network.add(new RmsNorm(weight, EPSILON), x);
    }

    private Node linear(String name, Node x, int out) {
        int in = x.width() / tokens;
        Parameter weight = network.parameter(name + ".weight", network.linear().weight(), in, out, out, in);
        return network.add(new Linear(Weight.whole(weight), null, tokens), x);
    }
}
