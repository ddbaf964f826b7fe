// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLiteralTest {
    @Test
    void everyKindOfValue() throws Exception {
        assertThat(PythonLiteral.parse(
                        "{'asin': 'B1', \"title\": \"It's\", 'price': 1.25, 'rank': {'Beauty': 7L}, 'ok': True,"
                                + " 'none': None, 'categories': [['A', 'B'], ('C',)], 'e': [], 'd': {}, 'n': -1e-3, }"))
                .isInstanceOfSatisfying(Map.class, entries -> {
                    assertThat(entries.get("asin")).isEqualTo("B1");
                    assertThat(entries.get("title")).isEqualTo("It's");
                    assertThat(entries.get("price")).isEqualTo("1.25");
                    assertThat(entries.get("rank")).isEqualTo(Map.of("Beauty", "7L"));
                    assertThat(entries.get("ok")).isEqualTo("True");
                    assertThat(entries.get("none")).isNull();
                    assertThat(entries.get("categories")).isEqualTo(List.of(List.of("A", "B"), List.of("C")));
                    assertThat(entries.get("e")).isEqualTo(List.of());
                    assertThat(entries.get("d")).isEqualTo(Map.of());
                    assertThat(entries.get("n")).isEqualTo("-1e-3");
                });
        assertThat(PythonLiteral.parse(" [None , 'x'] ")).isEqualTo(Arrays.asList(null, "x"));
    }

    @Test
    void escapes() throws Exception {
        assertThat(PythonLiteral.parse("'a\\'b\\\\c\\n\\t\\q\\101'")).isEqualTo("a'b\\c\n\t\\qA");
        assertThat(PythonLiteral.parse("u'caf\\xe9 \\u20ac \\U0001f600'")).isEqualTo("café € 😀");
        // Bytes of a Python 2 string: decoded if they are UTF-8, otherwise one character each.
        assertThat(PythonLiteral.parse("'caf\\xc3\\xa9'")).isEqualTo("café");
        assertThat(PythonLiteral.parse("'caf\\xe9'")).isEqualTo("café");
        assertThat(PythonLiteral.parse("\"say \\\"hi\\\"\"")).isEqualTo("say \"hi\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a': 1|8",
                "{'a' 1}|6",
                "{[1]: 2}|2",
                "{'a': foo}|7",
                "{'a': 'x|9",
                "[1 2]|4",
                "{'a': 1} x|10",
                "__import__('os')|1",
                "'x\\|4",
                "[1,,2]|4",
                "nano|1",
            })
    void errorsHaveAColumn(String text, int column) {
        assertThatThrownBy(() -> PythonLiteral.parse(text))
                .isInstanceOf(PythonLiteral.SyntaxException.class)
                .hasMessageEndingWith("at column " + column);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void blankTextIsRefused(String text) {
        assertThatThrownBy(() -> PythonLiteral.parse(text)).isInstanceOf(PythonLiteral.SyntaxException.class);
    }

    @Test
    void depthIsLimited() {
        assertThatThrownBy(() -> PythonLiteral.parse("[".repeat(100_000)))
                .isInstanceOf(PythonLiteral.SyntaxException.class)
                .hasMessageContaining("levels");
    }
}
