// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.layer.NetworkBuilder;

/** The hyper-parameters of a backbone, which can build it. */
public interface BackboneSettings {
    /** Which fields have first-order weights. */
    FirstOrder firstOrder();

    /** In which form the backbone reads histories. */
    default HistoryInput history() {
        return HistoryInput.POOLED;
    }

    /**
     * Declares the backbone's layers.
     *
     * @throws InvalidInputException if the schema lacks fields that the backbone cannot do without
     */
    Backbone build(NetworkBuilder builder, InputShape shape);
}
