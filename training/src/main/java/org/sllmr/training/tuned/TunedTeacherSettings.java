// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.tuned;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.Checks;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.backbone.sasrec.SasRecSettings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.training.PlateauDecay;
import org.sllmr.training.TrainingSettings;
import org.sllmr.training.guidance.GuidanceSchedule;
import org.sllmr.training.negatives.DrawnNegatives;
import org.sllmr.training.objective.BinaryCrossEntropy;

/**
 * Settings of the tuned teacher.
 *
 * @param historyLength L, the number of a user's last interactions that count, 1 to 1,000; 10 in the paper of S-LLMR, Section
 *     3.1
 * @param dimension floats of an item's vector, 2 to 4,096
 * @param experts linear experts that make it of the text's vector, 1 to 64; 8 in UniSRec (Hou et al. 2022, Section 3.1.4)
 * @param layers blocks of attention over the history, 1 to 16; 2 in UniSRec
 * @param heads attention heads, 1 to 64, of which the dimension is a multiple; 2 in UniSRec
 * @param dropout probability that a value of the history is dropped, 0 to below 1
 * @param learningRate of Adam, above 0, up to 1
 * @param weightDecay of Adam, coupled, 0 to 1
 * @param batchSize samples a step, 1 to 1,048,576
 * @param maxEpochs most epochs, 1 to 100,000
 * @param patience training ends after this many epochs in a row without a better AUC of the judged users, 1 or more
 * @param judged share of the users whose last training interaction is not trained on, but says when training ends; above 0
 *     to 0.5
 */
public record TunedTeacherSettings(
        int historyLength,
        int dimension,
        int experts,
        int layers,
        int heads,
        double dropout,
        double learningRate,
        double weightDecay,
        int batchSize,
        int maxEpochs,
        int patience,
        double judged) {
    /** Checks the ranges. */
    public TunedTeacherSettings {
        new Checks()
                .between("historyLength", historyLength, 1, 1000)
                .between("dimension", dimension, 2, 4096)
                .between("experts", experts, 1, 64)
                .between("layers", layers, 1, 16)
                .between("heads", heads, 1, 64)
                .fromBelow("dropout", dropout, 0, 1)
                .aboveUpTo("learningRate", learningRate, 0, 1)
                .between("weightDecay", weightDecay, 0, 1)
                .between("batchSize", batchSize, 1, 1 << 20)
                .between("maxEpochs", maxEpochs, 1, 100_000)
                .atLeast("patience", patience, 1)
                .aboveUpTo("judged", judged, 0, 0.5)
                .require(
                        heads < 1 || dimension % heads == 0,
                        "dimension",
                        "is " + dimension + ", allowed is a multiple of heads, which is " + heads)
                .done();
    }

    /** The last 10 interactions, vectors of 64 floats by 8 experts, one block of attention with 2 heads. */
    public static TunedTeacherSettings defaults() {
        return new TunedTeacherSettings(10, 64, 8, 1, 2, 0.2, 1e-3, 1e-5, 512, 20, 2, 0.1);
    }

    /** The ranker: it reads vectors of texts alone. */
    ModelSettings model() {
        OptimizerSettings adam = OptimizerSettings.defaults();
        return new ModelSettings(
                new SchemaSettings(
                        List.of("item." + TunedData.TEXT, "history." + TunedData.TEXT),
                        historyLength,
                        SchemaSettings.HistoryPooling.ITEMS),
                dimension,
                new Initialization.XavierNormal(),
                LinearInitialization.XAVIER_NORMAL,
                new SasRecSettings(layers, heads, dimension, 2 * dimension, dropout, experts),
                new OptimizerSettings(
                        adam.kind(),
                        adam.tableUpdates(),
                        learningRate,
                        adam.beta1(),
                        adam.beta2(),
                        adam.epsilon(),
                        0,
                        weightDecay,
                        adam.maxGradientNorm()));
    }

    /** How it is trained: one new negative a positive in each epoch, so that a score is a probability at one to one. */
    TrainingSettings training() {
        return new TrainingSettings(
                BinaryCrossEntropy.defaults(),
                batchSize,
                maxEpochs,
                patience,
                PlateauDecay.defaults(),
                DrawnNegatives.defaults(),
                GuidanceSchedule.defaults(),
                true,
                true);
    }

    /** The settings by name in a fixed order, as in a teacher table's provenance. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("historyLength", Integer.toString(historyLength));
        values.put("dimension", Integer.toString(dimension));
        values.put("experts", Integer.toString(experts));
        values.put("layers", Integer.toString(layers));
        values.put("heads", Integer.toString(heads));
        values.put("dropout", Double.toString(dropout));
        values.put("learningRate", Double.toString(learningRate));
        values.put("weightDecay", Double.toString(weightDecay));
        values.put("batchSize", Integer.toString(batchSize));
        values.put("maxEpochs", Integer.toString(maxEpochs));
        values.put("patience", Integer.toString(patience));
        values.put("judged", Double.toString(judged));
        return values;
    }
}
