// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * Vectors of some training samples, which training does not change, such as those of texts that explain their labels.
 *
 * @param name unique among the vectors of samples
 * @param samples the samples, each once
 * @param labels their labels: 1 for a positive, 0 for a negative
 * @param width floats of a vector, at least 1
 * @param values the vectors, one behind the other: {@code [samples, width]}
 * @param origin what made the vectors, such as the hash of their texts
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
public record SampleVectors(String name, Instances samples, byte[] labels, int width, float[] values, String origin) {
    /** Checks that there is a finite vector for each sample. */
    public SampleVectors {
        if (width < 1 || labels.length != samples.size() || values.length != (long) width * labels.length) {
            throw new IllegalArgumentException("'" + name + "': " + values.length + " floats and " + labels.length
                    + " labels are not vectors of " + width + " for " + samples.size() + " samples");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("'" + name + "' is not finite at sample " + i / width);
            }
        }
    }
}
