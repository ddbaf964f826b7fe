// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvCellTest {
    @Test
    void textNeverBeginsAFormula() {
        assertThat(CsvCell.of("=cmd|' /C calc'!A0")).isEqualTo("\"'=cmd|' /C calc'!A0\"");
        assertThat(CsvCell.of("@SUM(A1)")).isEqualTo("\"'@SUM(A1)\"");
        assertThat(CsvCell.of("\t=1+1")).isEqualTo("\"'\t=1+1\"");
        assertThat(CsvCell.of("-2+3")).isEqualTo("\"'-2+3\"");
        assertThat(CsvCell.of("'quoted'")).isEqualTo("\"''quoted'\"");
    }

    @Test
    void numbersAndPlainTextAreUnchanged() {
        for (String text :
                new String[] {"", "0.5", "-0.5", "+1e-4", "1.0E-4", "deepfm", "[200, 80]".replace(",", "")}) {
            assertThat(CsvCell.of(text)).isEqualTo(text);
        }
    }

    @Test
    void separatorsQuotesAndLineEndsAreQuoted() {
        assertThat(CsvCell.of("a,b")).isEqualTo("\"a,b\"");
        assertThat(CsvCell.of("say \"x\"")).isEqualTo("\"say \"\"x\"\"\"");
        assertThat(CsvCell.of("two\r\nlines")).isEqualTo("\"two\r\nlines\"");
        assertThat(CsvCell.of("bell\u0007")).isEqualTo("bell\uFFFD");
    }
}
