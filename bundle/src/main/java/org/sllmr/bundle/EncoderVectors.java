// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.Optional;
import org.sllmr.embedding.MiniLmEncoder;

/** Text vectors by the module {@code embedding}; loaded only where that is on the class path. */
final class EncoderVectors implements TextVectors {
    private final MiniLmEncoder encoder = MiniLmEncoder.open();

    /** Made once, when it is first asked for. */
    private static final class Found {
        private static final Optional<TextVectors> ENCODER = look();
    }

    /** The encoder, if it is there. */
    static Optional<TextVectors> find() {
        return Found.ENCODER;
    }

    private static Optional<TextVectors> look() {
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
