// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

/** How a cosine becomes a score in [0, 1]. */
public enum CosineScale {
    /** {@code (1 + cosine) / 2}: keeps every difference, so every order, at half its size. */
    AFFINE {
        @Override
        float score(float cosine) {
            return Math.max(0, Math.min(1, (1 + cosine) / 2));
        }
    },
    /** {@code max(0, cosine)}: keeps the size of differences; items that point away from the history all score 0. */
    CLIPPED {
        @Override
        float score(float cosine) {
            return Math.max(0, Math.min(1, cosine));
        }
    };

    /** The score of a cosine; rounding may have carried the cosine just outside [-1, 1]. */
    abstract float score(float cosine);
}
