// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.preparation.read.FieldSettings;

/** Parsing of field options. */
class FieldOptionTest {
    private static final List<String> COLUMNS = List.of("genres", "class:token_seq", "a", "a:b");

    @Test
    void aSeparatorIsLiteralByDefault() {
        assertThat(FieldOption.parse("genres", COLUMNS)).isEqualTo(FieldSettings.of("genres"));
        assertThat(FieldOption.parse("genres:|", COLUMNS)).isEqualTo(FieldSettings.split("genres", "\\|"));
        assertThat(FieldOption.parse("genres:, ", COLUMNS)).isEqualTo(FieldSettings.split("genres", ", "));
        assertThat(FieldOption.parse("genres:.*", COLUMNS)).isEqualTo(FieldSettings.split("genres", "\\.\\*"));
        assertThat(FieldOption.parse("genres:/", COLUMNS)).isEqualTo(FieldSettings.split("genres", "/"));
        assertThat(FieldOption.parse("genres:/[|,]/", COLUMNS)).isEqualTo(FieldSettings.split("genres", "[|,]"));
        assertThat(FieldOption.parse("genres: > | \\|\\| ", COLUMNS))
                .isEqualTo(FieldSettings.split("genres", " > | \\|\\| "));
    }

    @Test
    void aColonMayBePartOfTheName() {
        assertThat(FieldOption.parse("class:token_seq", COLUMNS)).isEqualTo(FieldSettings.of("class:token_seq"));
        assertThat(FieldOption.parse("class:token_seq: ", COLUMNS))
                .isEqualTo(FieldSettings.split("class:token_seq", " "));
        assertThat(FieldOption.parse("a:b", COLUMNS)).isEqualTo(FieldSettings.of("a:b"));
        assertThat(FieldOption.parse("a:c", COLUMNS)).isEqualTo(FieldSettings.split("a", "c"));
        assertThat(FieldOption.parse("genres::", COLUMNS)).isEqualTo(FieldSettings.split("genres", ":"));
        assertThat(FieldOption.parse("genre:x:y", COLUMNS)).isEqualTo(FieldSettings.split("genre", "x:y"));
    }
}
