// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

/** Maps a cosine to a score in [0, 1]. */
public enum CosineScale {
    /** {@code (1 + cosine) / 2}: halves every difference and keeps the order. */
    AFFINE {
        @Override
        float score(float cosine) {
            return Math.max(0, Math.min(1, (1 + cosine) / 2));
        }
    },
    /** {@code max(0, cosine)}: keeps differences; all items with a negative cosine score 0. */
    CLIPPED {
        @Override
        float score(float cosine) {
            return Math.max(0, Math.min(1, cosine));
        }
    };

    /** The score of a cosine, which rounding may have moved slightly outside [-1, 1]. */
    abstract float score(float cosine);
}
