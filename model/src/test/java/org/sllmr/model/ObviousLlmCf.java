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
     * @param chain its chain of thought; empty without chains, and not read for the row itself
     */
    record Read(double[] fields, double[] ofUser, double[] ofItem, int label, double[] chain) {}

    /** What the backbone is given: the examples come first, then the row itself. */
    static double[] of(ObviousLayers layers, LlmCf settings, List<Read> read) {
        List<double[]> tokens = tokens(layers, settings, read);
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

    /** One minus the mean cosine of each example's chain with what is made of the decoder's state after the example's token. */
    static double reconstruction(ObviousLayers layers, LlmCf settings, List<Read> read) {
        List<double[]> tokens = tokens(layers, settings, read);
        double sum = 0;
        for (int example = 0; example < read.size() - 1; example++) {
            // A causal decoder's state does not depend on later tokens.
            double[] state = ObviousDecoder.of(
                    layers, "llm-cf.decoder", tokens.subList(0, 3 * example + 1), settings.layers(), settings.heads());
            double[] made = layers.linear("llm-cf.chains.1", rectified(layers.linear("llm-cf.chains.0", state)));
            double[] chain = read.get(example).chain;
            double lengths = Math.sqrt(ObviousLayers.dot(made, made) * ObviousLayers.dot(chain, chain));
            sum += lengths > 0 ? 1 - ObviousLayers.dot(made, chain) / lengths : 1;
        }
        return sum / (read.size() - 1);
    }

    private static List<double[]> tokens(ObviousLayers layers, LlmCf settings, List<Read> read) {
        List<double[]> tokens = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            Read one = read.get(i);
            double[] x =
                    ObviousLayers.concatenate(List.of(one.fields, text(layers, one.ofItem), text(layers, one.ofUser)));
            tokens.add(layers.linear("llm-cf.fields.1", rectified(layers.linear("llm-cf.fields.0", x))));
            if (i < read.size() - 1) {
                if (one.chain.length > 0) {
                    tokens.add(text(layers, one.chain));
                }
                double[] label = new double[settings.width()];
                for (int d = 0; d < label.length; d++) {
                    label[d] = layers.values("llm-cf.labels")[2 * d + one.label];
                }
                tokens.add(label);
            }
        }
        return tokens;
    }

    private static double[] text(ObviousLayers layers, double[] vector) {
        return layers.linear("llm-cf.texts.1", rectified(layers.linear("llm-cf.texts.0", vector)));
    }

    private static double[] rectified(double[] x) {
        return Arrays.stream(x).map(value -> Math.max(0, value)).toArray();
    }
}
