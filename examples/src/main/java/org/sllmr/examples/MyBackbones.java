// SPDX-License-Identifier: Apache-2.0
package org.sllmr.examples;

import java.util.List;
import org.sllmr.model.BackboneProvider;
import org.sllmr.model.Backbones;

/** Names the backbones of this jar; {@code META-INF/services} names this class. */
public final class MyBackbones implements BackboneProvider {
    @Override
    public List<Backbones.Entry> backbones() {
        return List.of(new Backbones.Entry(
                "nfm", "NFM", NeuralFactorizationMachine.class, NeuralFactorizationMachine.defaults()));
    }
}
