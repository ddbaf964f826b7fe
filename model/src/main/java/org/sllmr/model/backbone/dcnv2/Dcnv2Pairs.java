// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.dcnv2;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings.CrossKind;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings.Structure;
import org.sllmr.model.pair.Affine;
import org.sllmr.model.pair.PairNetwork;
import org.sllmr.model.pair.PairParameters;
import org.sllmr.model.pair.PairPerceptron;

/** DCN-V2 with a mixture of low-rank crosses for ranking, with a perceptron beside it or none. */
final class Dcnv2Pairs implements PairNetwork {
    private final @Nullable PairPerceptron perceptron;
    private final CrossPairs cross;
    private final Tensor bias;

    Dcnv2Pairs(PairSource source, Dcnv2Settings settings) {
        PairParameters parameters = source.parameters();
        long width = source.shape().width();
        Affine output = Affine.linear(parameters, "output");
        Tensor crossWeight = output.weight().narrow(1, 0, width);
        bias = output.bias();
        cross = new CrossPairs(source, settings, crossWeight);
        if (settings.structure() == Structure.PARALLEL) {
            Tensor deepWeight = parameters.keep(
                    output.weight().narrow(1, width, output.weight().size(1) - width));
            perceptron = source.perceptron(PairSource.chain(
                    Affine.perceptron(parameters, "mlp", settings.mlp()),
                    new Affine(deepWeight, output.bias(), x -> x)));
        } else {
            perceptron = null;
        }
    }

    /** Whether rows need not be put together: stacked layers read all of them, full matrices are as wide as they. */
    static boolean shares(Dcnv2Settings settings) {
        return settings.cross() == CrossKind.MIXTURE
                && settings.structure() != Structure.STACKED
                && CrossPairs.shares(settings);
    }

    @Override
    public int mostItems() {
        return 1024;
    }

    @Override
    public List<Tensor> items(Tensor fields) {
        List<Tensor> state = new ArrayList<>();
        if (perceptron != null) {
            state.add(perceptron.items(fields));
        }
        state.addAll(cross.items(fields));
        return state;
    }

    @Override
    public List<Tensor> user(Tensor fields, Tensor history) {
        List<Tensor> state = new ArrayList<>();
        if (perceptron != null) {
            state.add(perceptron.user(fields));
        }
        state.addAll(cross.user(fields));
        return state;
    }

    @Override
    public Tensor logits(List<Tensor> user, List<Tensor> items) {
        if (perceptron == null) {
            return cross.forward(user, items, 0).add(bias);
        }
        Tensor deep = perceptron.forward(user.get(0), items.get(0)).view(-1);
        return deep.add_(cross.forward(user, items, 1));
    }
}
