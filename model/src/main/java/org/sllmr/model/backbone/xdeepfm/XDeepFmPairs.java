// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.xdeepfm;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.pair.Affine;
import org.sllmr.model.pair.PairNetwork;
import org.sllmr.model.pair.PairParameters;
import org.sllmr.model.pair.PairPerceptron;

/** xDeepFM for ranking. */
final class XDeepFmPairs implements PairNetwork {
    private final PairPerceptron perceptron;
    private final InteractionPairs interactions;
    private final Tensor interactionBias;

    XDeepFmPairs(PairSource source, XDeepFmSettings settings) {
        PairParameters parameters = source.parameters();
        Affine output = Affine.linear(parameters, "cin_output");
        interactionBias = output.bias();
        interactions = new InteractionPairs(source, settings, output.weight().view(-1));
        MlpSettings deep = settings.mlp();
        if (settings.activatedOutput()) {
            List<Integer> units = new ArrayList<>(deep.units());
            units.add(1);
            perceptron = source.perceptron(Affine.perceptron(parameters, "mlp", deep.withUnits(units)));
        } else {
            perceptron = source.perceptron(
                    PairSource.chain(Affine.perceptron(parameters, "mlp", deep), Affine.linear(parameters, "output")));
        }
    }

    @Override
    public int mostItems() {
        return 128;
    }

    @Override
    public List<Tensor> items(Tensor fields) {
        List<Tensor> state = new ArrayList<>();
        state.add(perceptron.items(fields));
        state.addAll(interactions.items(fields));
        return state;
    }

    @Override
    public List<Tensor> user(Tensor fields, Tensor history) {
        List<Tensor> state = new ArrayList<>();
        state.add(perceptron.user(fields));
        state.addAll(interactions.user(fields));
        return state;
    }

    @Override
    public Tensor logits(List<Tensor> user, List<Tensor> items) {
        Tensor deep = perceptron.forward(user.get(0), items.get(0)).view(-1);
        return deep.add(interactions.forward(user, items, 1)).add_(interactionBias);
    }
}
