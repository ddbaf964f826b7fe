// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;

class JsonReaderTest {
    enum Colour {
        RED,
        DARK_BLUE
    }

    record Inner(String text, Colour colour) {}

    record Outer(
            int count,
            long big,
            double share,
            Map<String, List<Float>> numbers,
            Optional<String> absent,
            List<Inner> inners,
            boolean truth) {}

    @Test
    void whatIsWrittenAsJsonReadsBackEqual() {
        Outer outer = new Outer(
                -3,
                1L << 60,
                1e-300,
                Map.of("a", List.of(0.1f, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE, 3.4e-5f), "", List.of()),
                Optional.empty(),
                List.of(new Inner("~ null \" \\ \n\u2028 ü 𝒳", Colour.DARK_BLUE), new Inner("", Colour.RED)),
                true);
        String json = SettingsWriter.of(Variants.none()).writeJson(outer);
        assertThat(json).doesNotContain("\n");
        assertThat(SettingsReader.of(Outer.class, Variants.none())
                        .json("file", json)
                        .read())
                .isEqualTo(outer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | Unexpected end-of-input: expected close marker for Object",
                "{\"a\": [1, | Unexpected end-of-input within/between Array entries",
                "{\"a\": NaN} | Non-standard token 'NaN'",
                "{\"a\": 1} // b | Unexpected character ('/' (code 47)): maybe a (non-standard) comment?",
            })
    void messagesSayNothingOfTheParsersSettings(String json, String reason) {
        assertThatThrownBy(() -> JsonReader.document("file", json))
                .hasMessage("file:1: this is not valid JSON: " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1]                 | is not a JSON object",
                "``                  | is not a JSON object",
                "{\"a\": 1} {}       | something follows",
                "{\"a\": 1, \"a\": 2}| file:1: this is not valid JSON",
                "{\"a\": }           | file:1: this is not valid JSON",
                "{\"a\":             | file:1: this is not valid JSON"
            })
    void refusesWhatIsNoObject(String json, String message) {
        assertThatThrownBy(() -> JsonReader.document("file", json))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }
}
