// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.sasrec;

import org.sllmr.configuration.Checks;
import org.sllmr.model.backbone.AddedInput;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.HistoryInput;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.layer.HistoryEncoder;
import org.sllmr.model.operation.Shift;

/**
 * Self-attentive sequential recommendation (SASRec, Kang and McAuley 2018): the history as a sequence in which each item
 * attends to itself and those before it; the vector of the last item, times that of the candidate, is the logit.
 *
 * <p>An item is the same vector in the history and as the candidate: its embedding or, with fields of items besides the id, a
 * linear map of all of them; vectors, such as the text's, are projected to fields first. Fields of the user are added to the user's vector by a linear layer, further fields of the item
 * to the candidate's. So the user's part is computed once a user, and a pair costs one product.
 *
 * @param layers blocks of attention and feed-forward network, 1 to 16; 2 in the paper, Section 4.4
 * @param heads attention heads, 1 to 64; 1 in the paper
 * @param attentionSize floats of an item's query, key or value in all heads together, 1 to 4,096, a multiple of the heads
 * @param hiddenUnits width of the hidden layer of the feed-forward networks, 1 to 65,536
 * @param dropout probability that a value is dropped from the items and from what each layer adds, 0 to below 1; 0.5 in the
 *     paper for sparse data
 * @param experts linear experts that make an item's vector of its fields, mixed by a gate, 0 to 64; 0 for one linear map,
 *     which needs several fields; 8 in UniSRec, which reads texts alone (Hou et al. 2022, Section 3.1.4)
 */
public record SasRecSettings(int layers, int heads, int attentionSize, int hiddenUnits, double dropout, int experts)
        implements BackboneSettings {
    /** Checks the ranges. */
    public SasRecSettings {
        new Checks()
                .between("layers", layers, 1, 16)
                .between("heads", heads, 1, 64)
                .between("attentionSize", attentionSize, 1, 4096)
                .between("hiddenUnits", hiddenUnits, 1, 65_536)
                .fromBelow("dropout", dropout, 0, 1)
                .between("experts", experts, 0, 64)
                .require(
                        heads < 1 || attentionSize % heads == 0,
                        "attentionSize",
                        "is " + attentionSize + ", allowed is a multiple of heads, which is " + heads)
                .done();
    }

    /** Two layers with one head of 64 floats, without experts. */
    public static SasRecSettings defaults() {
        return new SasRecSettings(2, 1, 64, 64, 0.2, 0);
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.NONE;
    }

    @Override
    public AddedInput added() {
        return AddedInput.DEEP;
    }

    @Override
    public HistoryInput history() {
        return HistoryInput.SEQUENCE_WITH_VECTORS;
    }

    /** y = (last item's vector + Linear(fields of the user)) . (item + Linear(further fields of the item)). */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        ItemVectors items = ItemVectors.of(network, shape, experts);
        Node last = HistoryEncoder.of(network, "encoder", items.ofHistory(), shape.historyLength(), this.encoder());
        Node user = items.ofUser()
                .map(fields -> network.sum(last, network.linear("user", fields, shape.dimension())))
                .orElseGet(() -> network.add(
                        new Shift(network.parameter(
                                "user.bias", new Initialization.Constant(0), 1, shape.dimension(), shape.dimension())),
                        last));
        Node item = items.others()
                .map(fields ->
                        network.sum(items.ofCandidate(), network.linear("item_fields", fields, shape.dimension())))
                .orElse(items.ofCandidate());
        return network.total(network.product(user, item));
    }

    private HistoryEncoder.Shape encoder() {
        return new HistoryEncoder.Shape(layers, heads, attentionSize, hiddenUnits, dropout);
    }
}
