// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sllmr.data.NumberColumn;

/** How a number becomes a row of an embedding table and a weight; fitted on training data. */
public sealed interface NumberTransform {
    /** Number of table rows, without the one for missing values. */
    int rows();

    /** The row of a number. */
    int row(float x);

    /** The weight of that row's embedding. */
    float weight(float x);

    /** Everything that was fitted, in one line. */
    String described();

    /** A column's rows and weights. */
    default EncodedNumbers encode(NumberColumn column) {
        int[] rows = new int[column.rows()];
        float[] weights = new float[column.rows()];
        for (int i = 0; i < rows.length; i++) {
            float x = column.value(i);
            rows[i] = Float.isNaN(x) ? -1 : row(x);
            weights[i] = Float.isNaN(x) ? 1 : weight(x);
        }
        return new EncodedNumbers(column.name(), rows, weights);
    }

    /**
     * One row, whose weight is the scaled number.
     *
     * @param logarithmic whether the scale is of sign(x) log(1 + |x|)
     * @param scale the scale
     */
    record Scaled(boolean logarithmic, NumberScale scale) implements NumberTransform {
        @Override
        public int rows() {
            return 1;
        }

        @Override
        public int row(float x) {
            return 0;
        }

        @Override
        public float weight(float x) {
            return scale.of(logarithmic ? logarithm(x) : x);
        }

        @Override
        public String described() {
            return (logarithmic ? "logarithmic" : "standardized") + ", mean " + scale.mean() + ", deviation "
                    + scale.deviation();
        }
    }

    /**
     * A row for each range of numbers.
     *
     * @param cuts where a new range begins, rising
     */
    record Quantiles(float[] cuts) implements NumberTransform {
        @Override
        public int rows() {
            return cuts.length + 1;
        }

        @Override
        public int row(float x) {
            // Adding 0 makes 0 of -0, which the search would put below it; no cut is -0.
            int at = Arrays.binarySearch(cuts, x + 0f);
            return at < 0 ? -at - 1 : at + 1;
        }

        @Override
        public float weight(float x) {
            return 1;
        }

        @Override
        public String described() {
            return "quantiles, cut at "
                    + IntStream.range(0, cuts.length)
                            .mapToObj(i -> Float.toString(cuts[i]))
                            .collect(Collectors.joining(" "));
        }
    }

    /** Numbers of a form, in words. */
    static String kind(NumberSettings.Form form) {
        return switch (form) {
            case STANDARDIZED -> "standardized numbers";
            case LOGARITHMIC -> "logarithmic numbers";
            case QUANTILES -> "numbers in quantiles";
        };
    }

    /**
     * Fits a form to numbers.
     *
     * @param values the training data's numbers; NaN does not count
     * @param buckets most ranges of {@link NumberSettings.Form#QUANTILES}; numbers that occur often make fewer
     */
    static NumberTransform fit(float[] values, NumberSettings.Form form, int buckets) {
        return of(form, fitted(values, form, buckets));
    }

    /** The transform of a form, given what {@link #fitted} found. */
    static NumberTransform of(NumberSettings.Form form, float[] fitted) {
        return switch (form) {
            case STANDARDIZED -> new Scaled(false, new NumberScale(fitted[0], fitted[1]));
            case LOGARITHMIC -> new Scaled(true, new NumberScale(fitted[0], fitted[1]));
            case QUANTILES -> new Quantiles(fitted);
        };
    }

    /** Mean and deviation, or cuts; parameters as those of {@link #fit}. */
    static float[] fitted(float[] values, NumberSettings.Form form, int buckets) {
        return switch (form) {
            case STANDARDIZED -> scale(values);
            case LOGARITHMIC -> {
                float[] logarithms = new float[values.length];
                for (int i = 0; i < values.length; i++) {
                    logarithms[i] = logarithm(values[i]);
                }
                yield scale(logarithms);
            }
            case QUANTILES -> cuts(values, buckets);
        };
    }

    private static float[] scale(float[] values) {
        return NumberScale.fit(values).fitted();
    }

    private static float[] cuts(float[] values, int buckets) {
        float[] sorted = values.clone();
        // NaN sorts last.
        Arrays.sort(sorted);
        int count = sorted.length;
        while (count > 0 && Float.isNaN(sorted[count - 1])) {
            count--;
        }
        float[] cuts = new float[buckets];
        int made = 0;
        for (int part = 1; part < buckets && count > 0; part++) {
            float cut = sorted[(int) ((long) part * count / buckets)];
            // -0 and 0 are one number here, and nothing lies below the smallest one.
            cut = cut == 0 ? 0 : cut;
            if (cut > sorted[0] && (made == 0 || cut > cuts[made - 1])) {
                cuts[made++] = cut;
            }
        }
        return Arrays.copyOf(cuts, made);
    }

    private static float logarithm(float x) {
        return (float) Math.copySign(StrictMath.log1p(Math.abs((double) x)), x);
    }
}
