// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import org.sllmr.model.schema.NumberScale;

/** A scale of numbers as operations. */
final class Scaling {
    private Scaling() {}

    /** (x - mean) / deviation. */
    static String of(GraphWriter graph, NumberScale scale, String x) {
        return graph.add("Div", graph.add("Sub", x, graph.number(scale.mean())), graph.number(scale.deviation()));
    }
}
