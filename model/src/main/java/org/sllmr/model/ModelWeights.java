// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.List;

/**
 * Everything that scoring depends on.
 *
 * @param tables embedding rows without padding: {@code [rows, width]}
 * @param parameters the network's flat parameter block
 * @param statistics the network's flat block of running statistics
 */
record ModelWeights(float[] tables, float[] parameters, float[] statistics) implements TrainableModel.Weights {
    @Override
    public List<float[]> blocks() {
        return List.of(tables, parameters, statistics);
    }
}
