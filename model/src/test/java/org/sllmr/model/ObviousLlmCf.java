// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sllmr.model.augmentation.LlmCf;

/** The in-context module for one row. */
final class ObviousLlmCf {
    private ObviousLlmCf() {}

    /**
     * A row that is read.
     *
     * @param fields its pooled fields, one behind the other
     * @param ofUser the mean vector of its history
     * @param ofItem its item's vector
     * @param label its label; not read for the row itself
     */
    record Read(double[] fields, double[] ofUser, double[] ofItem, int label) {}

    /** What the backbone is given: the examples come first, then the row itself. */
    static double[] of(ObviousLayers layers, LlmCf settings, List<Read> read) {
        List<double[]> tokens = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            Read one = read.get(i);
            double[] x =
                    ObviousLayers.concatenate(List.of(one.fields, text(layers, one.ofItem), text(layers, one.ofUser)));
            tokens.add(layers.linear("llm-cf.fields.1", rectified(layers.linear("llm-cf.fields.0", x))));
            if (i < read.size() - 1) {
                double[] label = new double[settings.width()];
                for (int d = 0; d < label.length; d++) {
                    label[d] = layers.values("llm-cf.labels")[2 * d + one.label];
                }
                tokens.add(label);
            }
        }
        if (settings.decoder()) {
            return ObviousDecoder.of(layers, "llm-cf.decoder", tokens, settings.layers(), settings.heads());
        }
        double[] mean = new double[settings.width()];
        for (double[] token : tokens) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += token[d] / tokens.size();
            }
        }
        return mean;
    }

    private static double[] text(ObviousLayers layers, double[] vector) {
        return layers.linear("llm-cf.texts.1", rectified(layers.linear("llm-cf.texts.0", vector)));
    }

    private static double[] rectified(double[] x) {
        return Arrays.stream(x).map(value -> Math.max(0, value)).toArray();
    }
}
