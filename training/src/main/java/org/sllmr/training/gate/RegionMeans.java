// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sllmr.evaluation.Region;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Pairs;

/** Running means of row gates by region. */
final class RegionMeans {
    private final Map<Region, Tally> tallies = new EnumMap<>(Region.class);

    void add(Region region, double gate) {
        Tally tally = tallies.computeIfAbsent(region, absent -> new Tally());
        tally.sum += gate;
        tally.rows++;
    }

    /** Adds gates of whole pairs, to the regions of both of their rows. */
    void addPairs(Pairs pairs, Signals signals, float[] gates) {
        for (int pair = 0; pair < gates.length; pair++) {
            add(signals.region(pairs.preferred()[pair]), gates[pair]);
            add(signals.region(pairs.other()[pair]), gates[pair]);
        }
    }

    /** The means of the regions that any row lay in, in the regions' order; starts again. */
    List<GateReport.RegionMean> drain() {
        List<GateReport.RegionMean> means = new ArrayList<>();
        tallies.forEach(
                (region, tally) -> means.add(new GateReport.RegionMean(region, tally.sum / tally.rows, tally.rows)));
        tallies.clear();
        return means;
    }

    private static final class Tally {
        private double sum;
        private long rows;
    }
}
