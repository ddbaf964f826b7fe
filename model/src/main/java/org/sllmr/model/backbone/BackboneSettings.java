// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import org.sllmr.model.layer.NetworkBuilder;

/** The hyper-parameters of a backbone, which can build it. */
public interface BackboneSettings {
    /** Whether every embedding row also has a first-order weight, whose pooled sums are added to the logit. */
    boolean linear();

    /** Declares the backbone's layers. */
    Backbone build(NetworkBuilder builder, InputShape shape);
}
