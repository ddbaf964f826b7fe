// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.sllmr.report.result.Summary;
import org.sllmr.report.result.TableCells;
import org.sllmr.report.table.Table;

/**
 * A metric under several conditions, with a lane for each method: every seed as a faint dot, their mean and standard
 * deviation.
 *
 * @param title what is shown
 * @param description what the chart shows, for readers who cannot see it
 * @param condition what the groups are, such as {@code Slice}
 * @param groups the conditions, from top to bottom
 */
public record DotChart(String title, String description, String condition, List<Group> groups) implements Chart {
    /** The conditions are slices. */
    public DotChart(String title, String description, List<Group> groups) {
        this(title, description, "Slice", groups);
    }

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
     * @param lanes one for each method, the same methods in every group; the first is the baseline
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
     * @param values the metric under each seed, at least one
     * @param published a published number to show beside them
     */
    public record Lane(String name, List<Long> seeds, List<Double> values, OptionalDouble published) {
        /** Without a published number. */
        public Lane(String name, List<Long> seeds, List<Double> values) {
            this(name, seeds, values, OptionalDouble.empty());
        }

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
    public Table table() {
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
                if (lane.published().isPresent()) {
                    rows.add(List.of(
                            group.name(),
                            lane.name(),
                            "published",
                            TableCells.number(lane.published().getAsDouble())));
                }
            }
        }
        return Table.plain(List.of(condition, "Method", "Seed", "Value"), rows);
    }

    @Override
    public Drawing drawing() {
        Svg svg = new Svg();
        List<Lane> methods = groups.isEmpty() ? List.of() : groups.get(0).lanes();
        List<Legend.Entry> legend = new ArrayList<>();
        for (int lane = 0; lane < methods.size(); lane++) {
            legend.add(Legend.Entry.of(
                    style(lane), Shape.of(lane), methods.get(lane).name()));
        }
        if (groups.stream()
                .flatMap(group -> group.lanes().stream())
                .anyMatch(lane -> lane.published().isPresent())) {
            legend.add(new Legend.Entry("published", Legend.Mark.RING, "published"));
        }
        int top = Legend.draw(svg, legend) + 4;
        int height = top;
        for (Group group : groups) {
            height += 24 + group.lanes().size() * LANE + 8;
        }
        Scale scale = scale();
        GridLines.numbers(svg, scale, height);
        int y = top;
        for (Group group : groups) {
            svg.text("label strong", LEFT, y + 15, Svg.Anchor.START, group.name());
            y += 24;
            GridLines.band(svg, scale, y, y + group.lanes().size() * LANE);
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
            svg.mark(Shape.of(index), "dot " + style, scale.at(value), y, 4.5, tip);
        }
        if (lane.published().isPresent()) {
            double value = lane.published().getAsDouble();
            String words = lane.name() + ", " + group + ", published: " + TableCells.number(value);
            svg.circle("hollow published", scale.at(value), y, 4.5, words);
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
                minimum = Math.min(minimum, lane.published().orElse(minimum));
                maximum = Math.max(maximum, lane.published().orElse(maximum));
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
