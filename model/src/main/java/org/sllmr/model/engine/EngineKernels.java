// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.engine;

import org.sllmr.model.kernel.Functions;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Products;

/**
 * The loops of an engine.
 *
 * @param products matrix products
 * @param functions exponential functions
 * @param rows pooling and the optimizer
 */
public record EngineKernels(Products products, Functions functions, Kernels rows) {
    /** The fastest that there are. */
    public static EngineKernels fastest() {
        return new EngineKernels(Products.fastest(), Functions.fastest(), Kernels.fastest());
    }

    /** Plain Java loops. */
    public static EngineKernels plain() {
        return new EngineKernels(Products.plain(), Functions.plain(), Kernels.plain());
    }

    /**
     * What the loops are compiled to, such as {@code SIMD of 512 bits} or {@code plain Java}. It decides how long a result
     * takes; the bits are the same.
     */
    public String name() {
        String name = products.name();
        return name.equals(functions.name()) && name.equals(rows.name())
                ? name
                : "products: " + name + "; functions: " + functions.name() + "; rows: " + rows.name();
    }
}
