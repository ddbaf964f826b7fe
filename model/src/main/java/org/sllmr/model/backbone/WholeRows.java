// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.layer.History;
import org.sllmr.model.layer.Pass;
import org.sllmr.model.pair.PairNetwork;

/**
 * Ranking with any backbone: rows are put together and go through the whole network; only looking up and pooling
 * embeddings is shared.
 */
final class WholeRows implements PairNetwork {
    private final Backbone backbone;
    private final Tensor order;
    private final boolean sequence;

    WholeRows(Backbone backbone, PairSource source) {
        this.backbone = backbone;
        this.order = source.rowOrder();
        this.sequence = !source.shape().sequence().isEmpty();
    }

    @Override
    public int mostItems() {
        return 256;
    }

    @Override
    public List<Tensor> items(Tensor fields) {
        return List.of(fields.clone());
    }

    @Override
    public List<Tensor> user(Tensor fields, Tensor history) {
        return List.of(fields.clone(), history.clone());
    }

    @Override
    public Tensor logits(List<Tensor> user, List<Tensor> items) {
        long rows = items.get(0).size(0);
        Tensor fields = torch.cat(new TensorVector(user.get(0).expand(rows, -1), items.get(0)), 1)
                .index_select(1, order);
        History history = sequence ? history(user.get(1), rows) : null;
        return backbone.forward(new Inputs(fields, history, Pass.scoring((int) rows)))
                .view(-1);
    }

    private static @Nullable History history(Tensor items, long rows) {
        long length = items.size(0);
        long pairs = rows * length;
        long filled = (pairs + History.BLOCK - 1) / History.BLOCK * History.BLOCK;
        Tensor rowOf = torch.arange(new Scalar(rows)).repeat_interleave(length);
        Tensor itemOf = torch.arange(new Scalar(length)).repeat(rows);
        return new History(
                items,
                torch.constant_pad_nd(rowOf, 0, filled - pairs),
                torch.constant_pad_nd(itemOf, 0, filled - pairs),
                (int) pairs,
                0);
    }
}
