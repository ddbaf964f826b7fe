// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

/** The shape of a mark. Series differ in shape and in colour, so that either is enough to distinguish them. */
enum Shape {
    CIRCLE,
    DIAMOND,
    SQUARE,
    TRIANGLE,
    CROSS;

    /** The shape of a series by its index in the legend; the first is the baseline. */
    static Shape of(int series) {
        return values()[series % values().length];
    }
}
