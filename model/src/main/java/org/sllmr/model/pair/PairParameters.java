// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.pair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.layer.Parameter;
import org.sllmr.model.layer.ParameterBuffer;

/** The parameters and statistics of a network by name, and the tensors that were computed from them to be kept. */
public final class PairParameters implements AutoCloseable {
    private final Map<String, Tensor> byName = new HashMap<>();
    private final List<Tensor> kept = new ArrayList<>();

    /** The tensors of a network, which must not change as long as these are in use. */
    public PairParameters(ParameterBuffer parameters, ParameterBuffer statistics) {
        for (ParameterBuffer buffer : List.of(parameters, statistics)) {
            for (Parameter parameter : buffer.parameters()) {
                byName.put(parameter.name(), parameter.tensor());
            }
        }
    }

    /** The tensor of that name. */
    public Tensor get(String name) {
        Tensor tensor = find(name);
        if (tensor == null) {
            throw new IllegalStateException("the network has no parameter '" + name + "'");
        }
        return tensor;
    }

    /** The tensor of that name, or null. */
    public @Nullable Tensor find(String name) {
        return byName.get(name);
    }

    /** Keeps a tensor beyond the scope that it was made in, until this is closed. */
    public Tensor keep(Tensor tensor) {
        tensor.retainReference();
        kept.add(tensor);
        return tensor;
    }

    @Override
    public void close() {
        kept.forEach(Tensor::releaseReference);
        kept.clear();
    }
}
