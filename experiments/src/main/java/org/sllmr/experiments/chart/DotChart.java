// SPDX-License-Identifier: Apache-2.0
package org.sllmr.experiments.chart;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.experiments.result.Summary;
import org.sllmr.experiments.result.TableCells;

/**
 * A number under several conditions, a lane a method: every seed as a faint dot, mean and standard deviation over them.
 *
 * @param title what is shown
 * @param description what the picture tells
 * @param groups the conditions, from top to bottom
 */
public record DotChart(String title, String description, List<Group> groups) implements Chart {
    private static final int LANE = 17;
    private static final int LEFT = 8;
    private static final int RIGHT = WIDTH - 62;

    /** Copies the groups. */
    public DotChart {
        groups = List.copyOf(groups);
    }

    /**
     * One condition.
     *
     * @param name its name
     * @param lanes one a method, the same methods in every group; the first is the baseline
     */
    public record Group(String name, List<Lane> lanes) {
        /** Copies the lanes. */
        public Group {
            lanes = List.copyOf(lanes);
        }
    }

    /**
     * One method under one condition.
     *
     * @param name name of the method
     * @param seeds the seeds
     * @param values the number under each seed, at least one
     */
    public record Lane(String name, List<Long> seeds, List<Double> values) {
        /** Copies the lists. */
        public Lane {
            seeds = List.copyOf(seeds);
            values = List.copyOf(values);
        }

        private Summary summary() {
            return Summary.of(values.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    @Override
    public ChartTable table() {
        List<List<String>> rows = new ArrayList<>();
        for (Group group : groups) {
            for (Lane lane : group.lanes()) {
                for (int index = 0; index < lane.values().size(); index++) {
                    rows.add(List.of(
                            group.name(),
                            lane.name(),
                            Long.toString(lane.seeds().get(index)),
                            TableCells.number(lane.values().get(index))));
                }
            }
        }
        return new ChartTable(List.of("Slice", "Method", "Seed", "Value"), rows);
    }

    @Override
    public Drawing drawing() {
        Svg svg = new Svg();
        List<Lane> methods = groups.isEmpty() ? List.of() : groups.get(0).lanes();
        List<Legend.Entry> legend = new ArrayList<>();
        for (int lane = 0; lane < methods.size(); lane++) {
            legend.add(new Legend.Entry(
                    style(lane),
                    lane == 0 ? Legend.Mark.CIRCLE : Legend.Mark.DIAMOND,
                    methods.get(lane).name()));
        }
        int top = Legend.draw(svg, legend) + 4;
        int height = top;
        for (Group group : groups) {
            height += 24 + group.lanes().size() * LANE + 8;
        }
        Scale scale = scale();
        Grid.vertical(svg, scale, top, height);
        int y = top;
        for (Group group : groups) {
            svg.text("label strong", LEFT, y + 15, Svg.Anchor.START, group.name());
            y += 24;
            for (int lane = 0; lane < group.lanes().size(); lane++) {
                draw(svg, scale, group.name(), group.lanes().get(lane), lane, y + LANE / 2.0);
                y += LANE;
            }
            y += 8;
        }
        return new Drawing(height + 22, svg.markup());
    }

    private static void draw(Svg svg, Scale scale, String group, Lane lane, int index, double y) {
        Summary summary = lane.summary();
        String style = style(index);
        double mean = scale.at(summary.mean());
        if (summary.n() > 1) {
            double low = scale.at(summary.mean() - summary.standardDeviation());
            double high = scale.at(summary.mean() + summary.standardDeviation());
            svg.line("spread " + style, low, y, high, y);
        }
        for (int seed = 0; seed < lane.values().size(); seed++) {
            double value = lane.values().get(seed);
            String tip =
                    lane.name() + ", " + group + ", seed " + lane.seeds().get(seed) + ": " + TableCells.number(value);
            if (index == 0) {
                svg.circle("dot " + style, scale.at(value), y, 3.5, tip);
            } else {
                svg.diamond("dot " + style, scale.at(value), y, 5, tip);
            }
        }
        String tip = lane.name() + ", " + group + ": " + TableCells.summary(summary) + ", " + summary.n() + " seeds";
        svg.bar("mean " + style, mean - 1.25, y - 7, 2.5, 14, tip);
        svg.text("label number", WIDTH - 4, y + 4, Svg.Anchor.END, TableCells.number(summary.mean()));
    }

    private Scale scale() {
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        for (Group group : groups) {
            for (Lane lane : group.lanes()) {
                Summary summary = lane.summary();
                double spread = summary.n() > 1 ? summary.standardDeviation() : 0;
                minimum = Math.min(minimum, summary.mean() - spread);
                maximum = Math.max(maximum, summary.mean() + spread);
                for (double value : lane.values()) {
                    minimum = Math.min(minimum, value);
                    maximum = Math.max(maximum, value);
                }
            }
        }
        return Scale.covering(minimum, maximum, 5, LEFT + 8, RIGHT);
    }

    private static String style(int lane) {
        return lane == 0 ? "base" : "s" + (lane - 1) % 4;
    }
}
