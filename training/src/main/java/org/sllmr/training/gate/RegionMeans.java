// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sllmr.evaluation.Region;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Pairs;

/** Running means of gate values by region. */
final class RegionMeans {
    private final Map<Region, Tally> tallies = new EnumMap<>(Region.class);

    void add(Region region, double gate) {
        Tally tally = tallies.computeIfAbsent(region, absent -> new Tally());
        tally.sum += gate;
        tally.rows++;
    }

    /** Adds the gates of pairs to the regions of both their rows. */
    void addPairs(Pairs pairs, Signals signals, float[] gates) {
        for (int pair = 0; pair < gates.length; pair++) {
            add(signals.region(pairs.preferred()[pair]), gates[pair]);
            add(signals.region(pairs.other()[pair]), gates[pair]);
        }
    }

    /** Returns the means of the regions that had rows, in the order of {@link Region}, and resets them. */
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
