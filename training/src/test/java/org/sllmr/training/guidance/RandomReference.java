// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;

/** Gives a regularizer's reference random logits, always the same. */
final class RandomReference {
    private RandomReference() {}

    /** Gives the regularizer its reference logits if it asks for any; returns the regularizer. */
    static Regularizer to(Regularizer regularizer) {
        regularizer.reference().ifPresent(reference -> {
            float[] logits = new float[reference.rows().size()];
            RandomGenerator random = new Seed(6).generator();
            for (int row = 0; row < logits.length; row++) {
                logits[row] = (float) random.nextGaussian();
            }
            reference.accept(logits);
        });
        return regularizer;
    }
}
