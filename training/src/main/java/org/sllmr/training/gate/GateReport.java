// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.evaluation.Region;

/**
 * What a gate did in an epoch.
 *
 * @param parameters its parameters after the epoch, w before b, in a fixed order; empty for a gate that learns nothing
 * @param regions mean gate of each region that had rows, in the order of {@link Region}
 */
public record GateReport(List<Parameter> parameters, List<RegionMean> regions) {
    /** Copies the lists. */
    public GateReport {
        parameters = List.copyOf(parameters);
        regions = List.copyOf(regions);
    }

    /**
     * A report.
     *
     * @param names of the parameters
     * @param values of the parameters after the epoch
     */
    public static GateReport of(List<String> names, double[] values, List<RegionMean> regions) {
        List<Parameter> parameters = new ArrayList<>();
        for (int index = 0; index < names.size(); index++) {
            parameters.add(new Parameter(names.get(index), values[index]));
        }
        return new GateReport(parameters, regions);
    }

    /**
     * A parameter of the gate.
     *
     * @param name name of the feature that it weights, or {@code bias}
     * @param value its value after the epoch
     */
    public record Parameter(String name, double value) {}

    /**
     * The mean gate of a region.
     *
     * @param region the region
     * @param mean mean alpha(u, i) over its guidance rows; for a gate of pairs the mean alpha(u, i, j), each counted
     *     for both of the pair's rows
     * @param rows number of its rows
     */
    public record RegionMean(Region region, double mean, long rows) {}
}
