// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.din;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Inputs;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.layer.Linear;
import org.sllmr.model.layer.LocalActivationUnit;
import org.sllmr.model.layer.MultilayerPerceptron;
import org.sllmr.model.layer.NetworkBuilder;
import org.sllmr.model.pair.PairNetwork;
import org.sllmr.model.schema.Field;

/** y = Linear(MLP([fields, attended history])). */
final class Din implements Backbone {
    private final DinSettings settings;
    private final int dimension;
    /** Places among the fields of the item's own fields, in the order of the fields of a history item. */
    private final int[] targets;

    private final LocalActivationUnit attention;
    private final MultilayerPerceptron mlp;
    private final Linear output;

    Din(NetworkBuilder builder, InputShape shape, DinSettings settings) {
        this.settings = settings;
        dimension = shape.dimension();
        targets = targets(shape);
        attention = new LocalActivationUnit(builder, "attention", shape.sequenceWidth(), settings.attention());
        mlp = new MultilayerPerceptron(builder, "mlp", shape.width() + shape.sequenceWidth(), settings.mlp());
        output = new Linear(builder, "output", mlp.width(), 1);
    }

    private static int[] targets(InputShape shape) {
        List<Problem> problems = new ArrayList<>();
        if (shape.sequence().isEmpty()) {
            problems.add(new Problem(
                    "schema", "din attends to histories: include 'history', and let historyLength be above 0"));
        }
        List<String> names = shape.fields().stream().map(Field::name).toList();
        int[] places = new int[shape.sequence().size()];
        for (int i = 0; i < places.length; i++) {
            String name = shape.sequence().get(i).name();
            String target = name.replaceFirst("^history", "item");
            places[i] = names.indexOf(target);
            if (places[i] < 0) {
                problems.add(new Problem(
                        "schema.fields",
                        "din compares '" + name + "' with '" + target
                                + "', which is not included; include both or none"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return places;
    }

    @Override
    public PairNetwork pairs(PairSource source) {
        return new DinPairs(source, settings, targets);
    }

    @Override
    public Tensor forward(Inputs inputs) {
        TensorVector parts = new TensorVector();
        for (int place : targets) {
            parts.push_back(inputs.fields().narrow(1, (long) place * dimension, dimension));
        }
        Tensor target = torch.cat(parts, 1);
        Tensor attended = attention.forward(target, inputs.requireHistory(), inputs.pass());
        Tensor x = torch.cat(new TensorVector(inputs.fields(), attended), 1);
        return output.forward(mlp.forward(x, inputs.pass()));
    }
}
