// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.din;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.model.backbone.AddedInput;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.HistoryInput;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.LocalActivationSettings;
import org.sllmr.model.layer.LocalActivationUnit;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.Perceptron;
import org.sllmr.model.operation.Select;
import org.sllmr.model.schema.Field;

/**
 * Deep Interest Network (Zhou et al. 2018): a multilayer perceptron over the fields and over the history, in which each item
 * weighs as much as it has to do with the candidate.
 *
 * @param attention how history items are weighted
 * @param mlp the perceptron
 */
public record DinSettings(LocalActivationSettings attention, MlpSettings mlp) implements BackboneSettings {
    /** Attention of 36 units and an MLP 200-80, all with Dice (figure 2 of the paper), and dropout 0.1. */
    public static DinSettings defaults() {
        MlpSettings mlp = MlpSettings.defaults();
        return new DinSettings(
                LocalActivationSettings.defaults(),
                new MlpSettings(mlp.units(), Activation.DICE, mlp.dropout(), mlp.dropoutPlacement(), false));
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.NONE;
    }

    @Override
    public AddedInput added() {
        return AddedInput.BESIDE_FIELDS;
    }

    @Override
    public HistoryInput history() {
        return HistoryInput.SEQUENCE;
    }

    /** y = Linear(MLP([fields, attended history])). */
    @Override
    public Node build(GraphBuilder network, InputShape shape) {
        List<Select.Run> targets = targets(shape);
        Node x = network.fields();
        Node attended = LocalActivationUnit.of(network, "attention", network.select(x, targets), attention);
        return network.linear("output", Perceptron.of(network, "mlp", network.concatenate(x, attended), mlp), 1);
    }

    /** The item's own fields, in the order of the fields of a history item. */
    private static List<Select.Run> targets(InputShape shape) {
        List<Problem> problems = new ArrayList<>();
        if (shape.sequence().isEmpty()) {
            problems.add(new Problem(
                    "schema", "din attends to histories: include 'history', and let historyLength be above 0"));
        }
        List<String> names = shape.fields().stream().map(Field::name).toList();
        List<Select.Run> targets = new ArrayList<>();
        for (Field field : shape.sequence()) {
            String target = InputShape.twin(field.name());
            int place = names.indexOf(target);
            if (place < 0) {
                problems.add(new Problem(
                        "schema.fields",
                        "din compares '" + field.name() + "' with '" + target
                                + "', which is not included; include both or none"));
            }
            targets.add(new Select.Run(place * shape.dimension(), shape.dimension()));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return targets;
    }
}
