// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/** Vectors of one or more groups of the units that a parameter is for. */
final class Units {
    private Units() {}

    /** The width, if it is that of whole groups. */
    static int check(Parameter parameter, int width) {
        if (width % parameter.size() != 0) {
            throw new IllegalArgumentException(
                    parameter.name() + " is for " + parameter.size() + " units, not for a vector of " + width);
        }
        return width;
    }
}
