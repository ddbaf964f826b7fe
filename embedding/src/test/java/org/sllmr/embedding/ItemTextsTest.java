// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Vocabulary;

class ItemTextsTest {
    private final Catalogue catalogue = new Catalogue(
            new Vocabulary(List.of("1", "2", "3")),
            List.of(new Column(
                    "categories",
                    new Vocabulary(List.of("Beauty", "Nails", "Hair")),
                    new int[] {0, 2, 2, 3},
                    new int[] {0, 1, 2})),
            List.of(new Catalogue.TextColumn("title", List.of(" Red polish ", "", ""))));

    @Test
    void joinsNonEmptyColumns() {
        assertThat(ItemTexts.of(catalogue, List.of("title", "categories")))
                .containsExactly("Red polish. Beauty, Nails", "", "Hair");
        assertThat(ItemTexts.of(catalogue, List.of("categories", "title")))
                .containsExactly("Beauty, Nails. Red polish", "", "Hair");
        assertThat(ItemTexts.of(catalogue, List.of("title"))).containsExactly("Red polish", "", "");
        assertThat(ItemTexts.of(catalogue, List.of()))
                .isEqualTo(ItemTexts.of(catalogue, List.of("title", "categories")));
    }

    @Test
    void reportsEveryUnknownColumn() {
        assertThatThrownBy(() -> ItemTexts.of(catalogue, List.of("titel", "title", "brand")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no column 'titel'; the columns are: title, categories")
                .hasMessageContaining("no column 'brand'");
    }
}
