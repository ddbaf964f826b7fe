// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.dcnv2;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.pair.PairParameters;

/**
 * The mixture of low-rank crosses for ranking, up to the product of its output with the output weights.
 *
 * <p>With w_l for the gated low-rank values of layer l, x_l = x_0 * (1 + sum_(m&lt;l) (U_m w_m + b_m)). Whatever matrix R
 * reads x_l (the gates and V_l of layer l, or the output weights), R x_l = R (x_0 * (1 + sum b_m)) + sum_(m&lt;l) (R
 * diag(x_0) U_m) w_m. Both R (x_0 * ..) and R diag(x_0) U_m are linear in x_0, so they are the sum of a user's part and an
 * item's part, and a row of the width of all embeddings is never formed: a pair has only {@code experts * rank} values a
 * layer, and one small matrix for each pair of layers.
 *
 * <p>Items stand in columns, so that every operation runs along them.
 */
final class CrossPairs {
    /** Most floats of an item that its matrices may take. */
    private static final long MOST_FLOATS = 4096;

    private final int depth;
    private final int experts;
    private final int rank;
    /** Rows of the gates and V of a layer. */
    private final int readers;
    /** For each layer what its readers, and last the output weights, make of x_0 * (1 + ..), for each side. */
    private final Tensor baseOfUser;

    private final Tensor baseOfItem;
    private final @Nullable Tensor gateBias;
    /** For each layer m the matrices R diag(x_0) U_m of all that read after it, as a linear map of x_0, for each side. */
    private final List<Tensor> linksOfUser = new ArrayList<>();

    private final List<Tensor> linksOfItem = new ArrayList<>();
    /** C of each layer's experts on the diagonal, transposed. */
    private final List<Tensor> mixers = new ArrayList<>();

    CrossPairs(PairSource source, Dcnv2Settings settings, Tensor outputWeight) {
        PairParameters parameters = source.parameters();
        depth = settings.crossLayers();
        experts = settings.experts();
        rank = settings.rank();
        int low = experts * rank;
        readers = experts + low;
        Tensor gate = parameters.get("cross.gate");
        Tensor bias = parameters.find("cross.gate_bias");
        gateBias = bias == null ? null : parameters.keep(bias.unsqueeze(1));
        List<Tensor> reading = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            reading.add(torch.cat(new TensorVector(gate, parameters.get("cross." + layer + ".v")), 0));
        }
        reading.add(outputWeight);
        TensorVector bases = new TensorVector();
        Tensor scale = torch.ones(source.shape().width());
        Tensor userColumns = source.userColumns();
        Tensor itemColumns = source.itemColumns();
        for (int layer = 0; layer <= depth; layer++) {
            bases.push_back(reading.get(layer).mul(scale));
            if (layer < depth) {
                scale = scale.add(parameters.get("cross." + layer + ".bias"));
                TensorVector later = new TensorVector();
                for (int reader = layer + 1; reader <= depth; reader++) {
                    later.push_back(reading.get(reader));
                }
                Tensor u = parameters.get("cross." + layer + ".u").transpose(0, 1);
                Tensor link = torch.cat(later, 0).unsqueeze(1).mul(u.unsqueeze(0));
                link = link.reshape(-1, source.shape().width());
                linksOfUser.add(parameters.keep(link.index_select(1, userColumns)));
                linksOfItem.add(parameters.keep(link.index_select(1, itemColumns)));
                Tensor mixer = torch.zeros(low, low);
                Tensor c = parameters.get("cross." + layer + ".c");
                for (int expert = 0; expert < experts; expert++) {
                    mixer.narrow(0, (long) expert * rank, rank)
                            .narrow(1, (long) expert * rank, rank)
                            .copy_(c.select(0, expert).transpose(0, 1));
                }
                mixers.add(parameters.keep(mixer));
            }
        }
        Tensor base = torch.cat(bases, 0);
        baseOfUser = parameters.keep(base.index_select(1, userColumns));
        baseOfItem = parameters.keep(base.index_select(1, itemColumns));
    }

    /** Whether the matrices of a pair of layers are small enough to be kept for every item. */
    static boolean shares(Dcnv2Settings settings) {
        long low = (long) settings.experts() * settings.rank();
        long layers = settings.crossLayers();
        return layers * (layers - 1) / 2 * (settings.experts() + low) * low <= MOST_FLOATS;
    }

    /** The user's part of everything linear in x_0. */
    List<Tensor> user(Tensor fields) {
        return side(fields, baseOfUser, linksOfUser);
    }

    /** The items' part of everything linear in x_0. */
    List<Tensor> items(Tensor fields) {
        return side(fields, baseOfItem, linksOfItem);
    }

    private List<Tensor> side(Tensor fields, Tensor base, List<Tensor> links) {
        Tensor columns = fields.transpose(0, 1);
        List<Tensor> side = new ArrayList<>();
        side.add(base.mm(columns));
        for (Tensor link : links) {
            side.add(link.mm(columns).reshape(-1, (long) experts * rank, fields.size(0)));
        }
        return side;
    }

    /**
     * The output weights' product with the last x.
     *
     * @param user from {@code at} on what {@link #user} gave
     * @param items from {@code at} on what {@link #items} gave
     * @return {@code [items]}
     */
    Tensor forward(List<Tensor> user, List<Tensor> items, int at) {
        Tensor read = items.get(at).add(user.get(at));
        long count = read.size(1);
        for (int layer = 0; layer < depth; layer++) {
            Tensor own = read.narrow(0, (long) layer * readers, readers);
            Tensor gates = own.narrow(0, 0, experts);
            if (gateBias != null) {
                gates = gates.add(gateBias);
            }
            gates = torch.softmax(gates, 0);
            Tensor low = torch.tanh(own.narrow(0, experts, (long) readers - experts));
            Tensor mixed = torch.tanh_(mixers.get(layer).mm(low));
            Tensor weighted = mixed.view(experts, rank, count).mul(gates.unsqueeze(1));
            weighted = weighted.reshape((long) experts * rank, count);
            Tensor link = items.get(at + 1 + layer);
            Tensor later = read.narrow(0, (long) (layer + 1) * readers, link.size(0));
            later.add_(link.mul(weighted.unsqueeze(0)).sum(1));
            later.addmm_(user.get(at + 1 + layer).select(2, 0), weighted, new Scalar(1f), new Scalar(1f));
        }
        return read.select(0, (long) depth * readers);
    }
}
