// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.random.RandomGenerator;
import org.sllmr.configuration.Checks;

/** The values that a setting may take in a search, written as after {@code --set}. */
public sealed interface Range {
    /** Draws a random value. */
    String draw(RandomGenerator random);

    /** Extreme values: if these are valid, so are all others. */
    List<String> extremes();

    /**
     * Uniform.
     *
     * @param low smallest value
     * @param high largest value, above {@code low}
     */
    record Uniform(double low, double high) implements Range {
        /** Checks the order. */
        public Uniform {
            new Checks()
                    .require(low < high, "high", "is " + high + ", allowed is above low, which is " + low)
                    .done();
        }

        @Override
        public String draw(RandomGenerator random) {
            return rounded(low + random.nextDouble() * (high - low), low, high);
        }

        @Override
        public List<String> extremes() {
            return List.of(Double.toString(low), Double.toString(high));
        }
    }

    /**
     * Uniform in the logarithm: for learning rates, weight decays, and weights of losses.
     *
     * @param low smallest value, above 0
     * @param high largest value, above {@code low}
     */
    record LogUniform(double low, double high) implements Range {
        /** Checks the order. */
        public LogUniform {
            new Checks()
                    .require(low > 0, "low", "is " + low + ", allowed is above 0")
                    .require(low < high, "high", "is " + high + ", allowed is above low, which is " + low)
                    .done();
        }

        @Override
        public String draw(RandomGenerator random) {
            return rounded(low * StrictMath.exp(random.nextDouble() * StrictMath.log(high / low)), low, high);
        }

        @Override
        public List<String> extremes() {
            return List.of(Double.toString(low), Double.toString(high));
        }
    }

    /**
     * Whole numbers.
     *
     * @param low smallest value
     * @param high largest value, above {@code low}
     * @param logarithmic whether the logarithm is uniform instead of the number; then {@code low} must be above 0
     */
    record Integers(long low, long high, boolean logarithmic) implements Range {
        /** Checks the order. */
        public Integers {
            new Checks()
                    .require(low < high, "high", "is " + high + ", allowed is above low, which is " + low)
                    .require(!logarithmic || low > 0, "low", "is " + low + ", allowed is above 0 if logarithmic")
                    .done();
        }

        /** 1 to 10. */
        public static Integers defaults() {
            return new Integers(1, 10, false);
        }

        @Override
        public String draw(RandomGenerator random) {
            if (!logarithmic) {
                return Long.toString(random.nextLong(low, high + 1));
            }
            double value = low * StrictMath.exp(random.nextDouble() * StrictMath.log((high + 1.0) / low));
            return Long.toString(Math.min(high, (long) value));
        }

        @Override
        public List<String> extremes() {
            return List.of(Long.toString(low), Long.toString(high));
        }
    }

    /**
     * One of several values.
     *
     * @param values the values, at least one, such as {@code [confidence, entropy]}
     */
    record Choice(List<String> values) implements Range {
        /** Copies the values. */
        public Choice {
            values = List.copyOf(values);
            new Checks()
                    .require(!values.isEmpty(), "values", "must not be empty")
                    .done();
        }

        @Override
        public String draw(RandomGenerator random) {
            return values.get(random.nextInt(values.size()));
        }

        @Override
        public List<String> extremes() {
            return values;
        }
    }

    /** Rounds to four digits, which is precise enough and readable, without leaving the range. */
    private static String rounded(double value, double low, double high) {
        BigDecimal short4 = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        double near = Math.max(low, Math.min(high, short4.doubleValue()));
        return near == short4.doubleValue() ? plain(short4) : Double.toString(near);
    }

    private static String plain(BigDecimal value) {
        return value.scale() < 8 ? value.toPlainString() : value.toString();
    }
}
