// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.ArrayList;
import java.util.List;

/** Running means of row gates by region. */
final class RegionMeans {
    private static final Region[] REGIONS = Region.values();

    private final double[] sums = new double[REGIONS.length];
    private final long[] rows = new long[REGIONS.length];

    void add(Region region, double gate) {
        sums[region.ordinal()] += gate;
        rows[region.ordinal()]++;
    }

    /** The means of the regions that any row lay in, in the regions' order; starts again. */
    List<GateReport.RegionMean> drain() {
        List<GateReport.RegionMean> means = new ArrayList<>();
        for (Region region : REGIONS) {
            int index = region.ordinal();
            if (rows[index] > 0) {
                means.add(new GateReport.RegionMean(region, sums[index] / rows[index], rows[index]));
            }
            sums[index] = 0;
            rows[index] = 0;
        }
        return means;
    }
}
