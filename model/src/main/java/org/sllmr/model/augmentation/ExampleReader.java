// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.augmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.operation.Activate;
import org.sllmr.model.operation.CausalAttention;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Project;
import org.sllmr.model.operation.RmsNorm;
import org.sllmr.model.operation.Select;
import org.sllmr.model.operation.Shift;
import org.sllmr.model.operation.Weight;
import org.sllmr.model.retrieval.Examples;
import org.sllmr.model.schema.KnowledgeSource;

/**
 * The in-context module of LLM-CF (Section 3.3) without chains of thought:
 *
 * <pre>
 *     M(e)   = MLP [256, width] of a text's vector
 *     x      = MLP [128, width] of the pooled fields, M(item's text) and M(mean of the history's texts)
 *     tokens = x_1, label_1, ..., x_4, label_4, x of the row itself
 * </pre>
 *
 * <p>and a decoder, whose layers are h + Attention(Norm(h)) and h + W2 (silu(W1 n) * W3 n) with n = Norm(h), without biases.
 */
final class ExampleReader {
    private static final int TEXT_UNITS = 256;
    private static final int FIELD_UNITS = 128;
    private static final double EPSILON = 1e-5;
    private static final double ROTARY_BASE = 1e4;
    /** The examples, and the row itself. */
    private static final int READ = Examples.PER_ROW + 1;

    private static final int TOKENS = 2 * Examples.PER_ROW + 1;

    private final GraphBuilder network;
    private final LlmCf settings;
    private final InputShape token;
    private final int width;

    ExampleReader(GraphBuilder network, LlmCf settings, InputShape token) {
        this.network = network;
        this.settings = settings;
        this.token = token;
        this.width = settings.width();
    }

    /** One vector a row. */
    Node made() {
        Node read = network.examples(READ * token.width());
        Node pooled = network.select(read, runs(READ, 0, token.pooledWidth(), token.width()));
        Node texts = texts(read);
        Node x = layer("llm-cf.fields", joined(pooled, texts), READ, FIELD_UNITS);
        Node tokens = interleaved(x, labels(read));
        if (!settings.decoder()) {
            return network.scale(1f / TOKENS, network.sumGroups(TOKENS, tokens));
        }
        for (int number = 0; number < settings.layers(); number++) {
            tokens = decoded("llm-cf.decoder." + number, tokens);
        }
        return network.slice(norm("llm-cf.decoder.norm", tokens), (TOKENS - 1) * width, width);
    }

    private static List<Select.Run> runs(int count, int from, int length, int step) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Select.Run(i * step + from, length))
                .toList();
    }

    /** For each row that is read M of its item's text, then for each M of its history's texts. */
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
        Node hidden = network.relu(network.add(new Shift(bias), network.add(new Project(parts), read)));
        return network.linear("llm-cf.texts.1", hidden, 2 * READ, width, true);
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

    private Node interleaved(Node x, Node labels) {
        List<Select.Run> runs = new ArrayList<>();
        for (int i = 0; i < Examples.PER_ROW; i++) {
            runs.add(new Select.Run(i * width, width));
            runs.add(new Select.Run((READ + i) * width, width));
        }
        runs.add(new Select.Run(Examples.PER_ROW * width, width));
        return network.select(network.concatenate(x, labels), runs);
    }

    private Node decoded(String name, Node tokens) {
        Node attended = network.add(
                new CausalAttention(TOKENS, settings.heads(), width / settings.heads(), ROTARY_BASE),
                linear(name + ".attention", norm(name + ".attention_norm", tokens), 3 * width));
        Node h = network.sum(tokens, linear(name + ".output", attended, width));
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
        int in = x.width() / TOKENS;
        Parameter weight = network.parameter(name + ".weight", network.linear().weight(), in, out, out, in);
        return network.add(new Linear(Weight.whole(weight), null, TOKENS), x);
    }
}
