// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.testing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsAssertionsTest {
    record Margin(double margin, int maxPairs, @Nullable String note) {
        static Margin defaults() {
            return new Margin(0.1, 256, null);
        }
    }

    private static final SettingsAssertions<Margin> ASSERTIONS = SettingsAssertions.of(Margin.class);

    @Test
    void aCompleteTestPasses() {
        ASSERTIONS
                .hasDefaults(Map.of("margin", 0.1, "maxPairs", 256, "note", Optional.empty()))
                .binds("{margin: 0.2, maxPairs: 3, note: x}", new Margin(0.2, 3, "x"));
    }

    @Test
    void aComponentThatTheTestDoesNotNameFails() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ASSERTIONS.hasDefaults(Map.of("margin", 0.1, "note", Optional.empty())))
                .withMessageContaining("maxPairs is not in the test; its default is 256");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ASSERTIONS.binds("{margin: 0.2, note: x}", new Margin(0.2, 256, "x")))
                .withMessageContaining("maxPairs is at its default 256");
    }

    @Test
    void aWrongValueFails() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(
                        () -> ASSERTIONS.hasDefaults(Map.of("margin", 0.3, "maxPairs", 256, "note", "", "extra", 1)))
                .withMessageContaining("margin has the default 0.1")
                .withMessageContaining("note has the default null")
                .withMessageContaining("extra is not a component");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ASSERTIONS.binds("{margin: 0.2, maxPairs: 3, note: x}", new Margin(0.2, 4, "x")))
                .withMessageContaining("maxPairs is bound to 3, the test expects 4");
    }
}
