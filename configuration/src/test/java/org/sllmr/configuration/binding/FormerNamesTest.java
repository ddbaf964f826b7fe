// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;

class FormerNamesTest {
    record Waits(
            @Formerly("longestSeconds") double maxSeconds,
            @Formerly({"tries", "trials"}) int attempts) {
        static Waits defaults() {
            return new Waits(60, 5);
        }
    }

    sealed interface Kind {}

    record Plain(@Formerly("smallest") int min) implements Kind {
        static Plain defaults() {
            return new Plain(1);
        }
    }

    record Root(@Formerly("pauses") Waits waits, Kind kind) {
        static Root defaults() {
            return new Root(Waits.defaults(), new Plain(1));
        }
    }

    private final SettingsReader<Root> reader =
            SettingsReader.of(Root.class, Variants.none().with(Kind.class, "plain", Plain.class));

    @Test
    void aFormerNameIsReadAndTheCurrentOneReported() {
        String yaml = """
                pauses:
                  longest-seconds: 7
                  trials: 2
                kind: {name: plain, smallest: 3}
                """;
        String warnings = warnings(() -> reader.text("old.yaml", yaml).read(), new Root(new Waits(7, 2), new Plain(3)));
        assertThat(warnings)
                .contains("old.yaml:1: pauses is now called 'waits'")
                .contains("old.yaml:2: waits.longestSeconds is now called 'maxSeconds'")
                .contains("old.yaml:3: waits.trials is now called 'attempts'")
                .contains("old.yaml:4: kind.smallest is now called 'min'");
    }

    @Test
    void assignmentsAndVariablesMayUseFormerNamesOverACurrentFile() {
        String warnings = warnings(
                () -> reader.text("new.yaml", "waits: {maxSeconds: 7, attempts: 2}")
                        .environment(Map.of("SLLMR_PAUSES_TRIES", "4"))
                        .assignments(List.of("pauses.longestSeconds=9"))
                        .read(),
                new Root(new Waits(9, 4), new Plain(1)));
        assertThat(warnings).contains("pauses is now called 'waits'").contains("'maxSeconds'");
    }

    @Test
    void bothNamesInOneFileAreRefused() {
        assertThatThrownBy(() -> reader.text("both.yaml", "waits: {maxSeconds: 7, longestSeconds: 8}")
                        .read())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("waits.maxSeconds")
                .hasMessageContaining("is given twice");
    }

    private static String warnings(Supplier<Root> reading, Root expected) {
        PrintStream before = System.err;
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            assertThat(reading.get()).isEqualTo(expected);
        } finally {
            System.setErr(before);
        }
        return warnings.toString(StandardCharsets.UTF_8);
    }
}
