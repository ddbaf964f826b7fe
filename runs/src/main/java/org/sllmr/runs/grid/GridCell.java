// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

/**
 * A cell of a grid: runs that differ only in their seeds.
 *
 * @param data name of the dataset in the grid
 * @param backbone name of the backbone in the grid
 * @param framework name of the framework in the grid
 */
public record GridCell(String data, String backbone, String framework) {
    /** Such as {@code beauty/dcnv2/none}. */
    public String name() {
        return data + "/" + backbone + "/" + framework;
    }
}
