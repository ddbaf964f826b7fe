// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.mf;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.pair.PairNetwork;

/** Matrix factorisation for ranking: a pair is one inner product. */
final class MatrixFactorizationPairs implements PairNetwork {
    private final Tensor mean;
    private final int dimension;
    private final int itemFields;

    MatrixFactorizationPairs(PairSource source) {
        mean = source.parameters().get("mean");
        dimension = source.shape().dimension();
        itemFields = source.fields(true);
    }

    @Override
    public int mostItems() {
        return 4096;
    }

    @Override
    public List<Tensor> items(Tensor fields) {
        return List.of(fields.view(fields.size(0), itemFields, dimension).sum(1));
    }

    @Override
    public List<Tensor> user(Tensor fields, Tensor history) {
        return List.of(fields.view(-1, dimension).sum(0));
    }

    @Override
    public Tensor logits(List<Tensor> user, List<Tensor> items) {
        return items.get(0).mv(user.get(0)).add_(mean);
    }
}
