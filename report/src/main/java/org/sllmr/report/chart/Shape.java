// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

/** The shape of a mark: series differ in it as well as in colour, so that neither is needed to tell them apart. */
enum Shape {
    CIRCLE,
    DIAMOND,
    SQUARE,
    TRIANGLE,
    CROSS;

    /** The shape of a series by its place in the legend; the first is the baseline. */
    static Shape of(int series) {
        return values()[series % values().length];
    }
}
