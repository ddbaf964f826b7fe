// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.Checks;

/** Settings of every kind that can be bound, for the tests of this package. */
record Shop(
        long seed,
        Training training,
        Backbone backbone,
        List<Column> columns,
        Map<String, Integer> limits,
        Optional<Backbone> second,
        @Nullable String note,
        Path out) {
    static final Variants VARIANTS = Variants.none()
            .with(Backbone.class, "deepfm", DeepFm.class)
            .with(Backbone.class, "dcnv2", Dcn.class)
            .with(Backbone.class, "none", None.class);

    static Shop defaults() {
        return new Shop(
                7,
                Training.defaults(),
                new DeepFm(List.of(200, 80)),
                List.of(),
                Map.of(),
                Optional.empty(),
                null,
                Path.of("runs"));
    }

    enum Optimizer {
        DENSE_ADAM,
        ROW_SPARSE_ADAM
    }

    sealed interface Backbone {}

    record DeepFm(List<Integer> hidden) implements Backbone {
        static DeepFm defaults() {
            return new DeepFm(List.of(100));
        }
    }

    record Dcn(int crossLayers, boolean stacked) implements Backbone {
        Dcn {
            new Checks().between("crossLayers", crossLayers, 1, 8).done();
        }

        static Dcn defaults() {
            return new Dcn(2, false);
        }
    }

    record None() implements Backbone {}

    /** Has no defaults, so all keys but the nullable one are required. */
    record Column(String name, @Nullable String as, boolean many) {}

    record Training(int batchSize, double learningRate, Optimizer optimizer, float dropout, int minimum, int maximum) {
        Training {
            new Checks()
                    .between("batchSize", batchSize, 1, 1_000_000)
                    .aboveUpTo("learningRate", learningRate, 0, 1)
                    .fromBelow("dropout", dropout, 0, 1)
                    .require(minimum <= maximum, "minimum", "is above maximum")
                    .done();
        }

        static Training defaults() {
            return new Training(128, 1e-3, Optimizer.DENSE_ADAM, 0.1f, 1, 9);
        }
    }
}
