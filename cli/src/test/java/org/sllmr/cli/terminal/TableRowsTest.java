// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TableRowsTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        TableRows table = new TableRows("", "asked", "share")
                .row("nearest", TableRows.count(12_345), TableRows.share(1, 3))
                .row("none", TableRows.count(0), TableRows.share(0, 0))
                .row("short");
        assertThat(table.text(80).lines())
                .containsExactly(
                        "          asked   share", "nearest  12,345  33.3 %", "none          0       -", "short");
        assertThat(TableRows.decimal(OptionalDouble.empty())).isEqualTo("-");
        assertThat(TableRows.decimal(OptionalDouble.of(0.73))).isEqualTo("0.7300");
    }

    @Test
    void withoutHeadingsItIsRowsOnly() {
        assertThat(new TableRows("", "")
                        .row("users", "12")
                        .row("  cold", "3")
                        .text(80)
                        .lines())
                .containsExactly("users   12", "  cold   3");
    }

    @Test
    void fitsTheTerminalAndShowsHostileNamesSafely() {
        TableRows table = new TableRows("", "metric", "value")
                .row("a name of several words from data \u001b[2J", "AUC", "0.5")
                .row("b", "AUC", "0.6");
        assertThat(table.text(30).lines())
                .hasSizeGreaterThan(3)
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(30).doesNotContain("\u001b"));
    }
}
