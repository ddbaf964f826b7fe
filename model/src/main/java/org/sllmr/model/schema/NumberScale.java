// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

/**
 * Makes numbers comparable: (x - mean) / deviation.
 *
 * @param mean of the training data
 * @param deviation standard deviation of the training data, above 0
 */
public record NumberScale(float mean, float deviation) {
    /** Checks the deviation. */
    public NumberScale {
        if (!(deviation > 0) || !Float.isFinite(mean) || Float.isInfinite(deviation)) {
            throw new IllegalArgumentException("a scale of mean " + mean + " and deviation " + deviation);
        }
    }

    /** Mean and deviation. */
    float[] fitted() {
        return new float[] {mean, deviation};
    }

    /** A number's place on the scale. */
    public float of(float x) {
        return (x - mean) / deviation;
    }

    /**
     * The scale of some numbers, NaN not counted; numbers that are all the same, or none, are left as wide as they are.
     *
     * @param values in the order in which they are summed
     */
    public static NumberScale fit(float[] values) {
        double sum = 0;
        int count = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        double squares = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                squares += (value - mean) * (value - mean);
            }
        }
        float deviation = count == 0 ? 1 : (float) Math.sqrt(squares / count);
        return new NumberScale((float) mean, deviation > 0 && Float.isFinite(deviation) ? deviation : 1);
    }
}
