// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

/**
 * What a backbone is built for.
 *
 * @param fields number of pooled fields
 * @param dimension floats of a field's embedding
 */
public record InputShape(int fields, int dimension) {
    /** Floats a row. */
    public int width() {
        return fields * dimension;
    }
}
