// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.List;

/**
 * An input of the graph, and how a value is looked up.
 *
 * @param name its name
 * @param type type of its elements, as ONNX calls it
 * @param shape lengths of the dimensions, or their names
 * @param lookup what an element is
 * @param values for an index, the values in order; empty for other inputs, and for users and items
 */
record OnnxInput(String name, String type, List<String> shape, String lookup, List<String> values) {
    /** Copies the lists. */
    OnnxInput {
        shape = List.copyOf(shape);
        values = List.copyOf(values);
    }
}
