// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sllmr.report.chart.BarChart;
import org.sllmr.report.chart.BarChart.Bar;
import org.sllmr.report.chart.Chart;

/** Charts of a dataset: history lengths of users and popularities of items. */
final class DataCharts {
    /** Upper ends of the bins; the last bin has none. Narrow where data are sparse. */
    private static final int[] ENDS = {0, 1, 2, 3, 4, 6, 10, 20, 50};

    private DataCharts() {}

    /** History lengths with cold users highlighted, popularities with long-tail items highlighted. */
    public static List<Chart> of(DataSummary data) {
        int[] users = new int[ENDS.length + 1];
        int[] cold = new int[ENDS.length + 1];
        for (int length = 0; length < data.historyLengths().size(); length++) {
            int count = data.historyLengths().get(length);
            users[bin(length)] += count;
            cold[bin(length)] += length <= data.coldInteractions() ? count : 0;
        }
        int[] items = new int[ENDS.length + 1];
        int[] tail = new int[ENDS.length + 1];
        for (int item = 0; item < data.items(); item++) {
            int bin = bin(data.popularities()[item]);
            items[bin]++;
            tail[bin] += data.longTail()[item] ? 1 : 0;
        }
        return List.of(
                new BarChart(
                        "Interactions per user",
                        "Users by their number of training interactions.",
                        "training interactions",
                        "users",
                        Optional.of("cold users"),
                        bars(users, cold)),
                new BarChart(
                        "Interactions per item",
                        "Items by their number of training interactions.",
                        "training interactions",
                        "items",
                        Optional.of("long-tail items"),
                        bars(items, tail)));
    }

    private static int bin(int count) {
        int bin = 0;
        while (bin < ENDS.length && count > ENDS[bin]) {
            bin++;
        }
        return bin;
    }

    /** The bins from the first to the last that is not empty. */
    private static List<Bar> bars(int[] counts, int[] highlighted) {
        int first = 0;
        int last = counts.length - 1;
        while (first < last && counts[first] == 0) {
            first++;
        }
        while (last > first && counts[last] == 0) {
            last--;
        }
        List<Bar> bars = new ArrayList<>();
        for (int bin = first; bin <= last; bin++) {
            bars.add(new Bar(name(bin), counts[bin], highlighted[bin]));
        }
        return bars;
    }

    private static String name(int bin) {
        if (bin == ENDS.length) {
            return ">" + ENDS[bin - 1];
        }
        int low = bin == 0 ? 0 : ENDS[bin - 1] + 1;
        return low == ENDS[bin] ? Integer.toString(low) : low + "–" + ENDS[bin];
    }
}
