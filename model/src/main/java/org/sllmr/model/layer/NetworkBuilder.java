// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;

/** Collects what the layers of a network need, before any memory exists: parameters, statistics, dropout masks. */
public final class NetworkBuilder {
    private final Seed seed;
    private final LinearInitialization linear;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<float[]> values = new ArrayList<>();
    private final List<Parameter> statistics = new ArrayList<>();
    private final List<float[]> statisticValues = new ArrayList<>();
    private final List<DropoutMasks.Mask> masks = new ArrayList<>();

    /** Draws every parameter from the seed's child of its name, and linear layers from that distribution. */
    public NetworkBuilder(Seed seed, LinearInitialization linear) {
        this.seed = seed;
        this.linear = linear;
    }

    /** How linear layers start. */
    public LinearInitialization linear() {
        return linear;
    }

    /**
     * A trained parameter.
     *
     * @param fanIn number of inputs that the initialization should assume
     * @param fanOut number of outputs that the initialization should assume
     */
    public Parameter parameter(String name, Initialization initialization, int fanIn, int fanOut, int... shape) {
        Parameter parameter = new Parameter(name, shape);
        RandomGenerator generator = seed.child(name).generator();
        Initialization.Draw draw = initialization.draw(fanIn, fanOut);
        float[] drawn = new float[parameter.size()];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = draw.next(generator);
        }
        parameters.add(parameter);
        values.add(drawn);
        return parameter;
    }

    /** A vector that the network keeps but no gradient moves, such as a running mean. */
    public Parameter statistic(String name, float value, int size) {
        Parameter statistic = new Parameter(name, size);
        float[] start = new float[size];
        Arrays.fill(start, value);
        statistics.add(statistic);
        statisticValues.add(start);
        return statistic;
    }

    /** Registers a dropout mask and returns its number in {@link Pass#mask}. */
    public int mask(double rate, int width) {
        masks.add(new DropoutMasks.Mask(rate, width));
        return masks.size() - 1;
    }

    /** Allocates the trained parameters. */
    public ParameterBuffer buildParameters() {
        return new ParameterBuffer(parameters, values, true);
    }

    /** Allocates the statistics. */
    public ParameterBuffer buildStatistics() {
        return new ParameterBuffer(statistics, statisticValues, false);
    }

    /** The dropout masks registered so far, in order. */
    public List<DropoutMasks.Mask> masks() {
        return List.copyOf(masks);
    }
}
