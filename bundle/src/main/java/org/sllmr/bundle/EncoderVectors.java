// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.Optional;
import org.sllmr.embedding.MiniLmEncoder;

/** Text vectors by the module {@code embedding}; loaded only where that is on the class path. */
final class EncoderVectors implements TextVectors {
    private final MiniLmEncoder encoder = MiniLmEncoder.open();

    /** The encoder, if it is there. */
    static Optional<TextVectors> find() {
        try {
            Class.forName("org.sllmr.embedding.MiniLmEncoder", false, EncoderVectors.class.getClassLoader());
            return Optional.of(new EncoderVectors());
        } catch (ClassNotFoundException | LinkageError | IllegalStateException absent) {
            return Optional.empty();
        }
    }

    @Override
    public String hash() {
        return encoder.hash();
    }

    @Override
    public float[] of(String text) {
        float[] vector = new float[encoder.dimension()];
        encoder.encode(text, vector, 0);
        return vector;
    }
}
