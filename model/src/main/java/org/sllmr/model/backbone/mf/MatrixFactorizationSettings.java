// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.mf;

import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.layer.NetworkBuilder;

/**
 * Matrix factorisation with biases (Koren et al. 2009, equation 4): the product of the user's and the item's factors.
 *
 * <p>With the fields {@code user} and {@code item} alone it is the plain one; with more, each side is the sum over its
 * fields.
 *
 * @param firstOrder which fields have biases; all in the paper
 */
public record MatrixFactorizationSettings(FirstOrder firstOrder) implements BackboneSettings {
    /** Biases for all fields. */
    public static MatrixFactorizationSettings defaults() {
        return new MatrixFactorizationSettings(FirstOrder.ALL_FIELDS);
    }

    @Override
    public Backbone build(NetworkBuilder builder, InputShape shape) {
        return new MatrixFactorization(builder, shape);
    }
}
