// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;

class DemoGeneratorTest {
    private static final DemoSettings DEFAULT = DemoSettings.DEFAULT;
    private static final DemoShop SHOP = DemoGenerator.generate(DEFAULT);

    @Test
    void hasTheRequestedSize() {
        assertThat(SHOP.items()).hasSize(DEFAULT.items());
        assertThat(SHOP.interactions().users()).isEqualTo(DEFAULT.users());
        assertThat(DemoGenerator.generate(DEFAULT.withSize(10, 640)).items()).hasSize(640);
    }

    @Test
    void mostHistoriesAreShortAndFewLong() {
        int[] lengths = lengths(SHOP.interactions());
        Arrays.sort(lengths);

        assertThat(lengths[0]).isEqualTo(DEFAULT.shortestHistory());
        assertThat(lengths[lengths.length - 1]).isEqualTo(DEFAULT.longestHistory());
        assertThat(lengths[lengths.length / 2]).isBetween(5, 7);
        assertThat(Arrays.stream(lengths).average().orElseThrow()).isBetween(8.5, 10.5);
        // Two are held out for validation and test, so these users have at most 3 training interactions.
        assertThat(Arrays.stream(lengths).filter(length -> length - 2 <= 3).count() / (double) lengths.length)
                .isBetween(0.40, 0.50);
    }

    @Test
    void popularityHasALongTail() {
        int[] counts = new int[SHOP.items().size()];
        InteractionLog log = SHOP.interactions();
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user); position++) {
                counts[log.item(user, position)]++;
            }
        }
        Arrays.sort(counts);
        int fifth = counts.length / 5;
        double total = Arrays.stream(counts).sum();

        assertThat(Arrays.stream(counts, 0, fifth).sum() / total).isBetween(0.04, 0.10);
        assertThat(Arrays.stream(counts, counts.length - fifth, counts.length).sum() / total)
                .isBetween(0.40, 0.60);
        assertThat(counts[fifth]).isLessThanOrEqualTo(8);
        assertThat(counts[counts.length - 1]).isGreaterThan(100);
    }

    @Test
    void noItemIsBoughtTwiceAndTimesRise() {
        InteractionLog log = SHOP.interactions();
        for (int user = 0; user < log.users(); user++) {
            Set<Integer> items = new HashSet<>();
            for (int position = 0; position < log.length(user); position++) {
                assertThat(items.add(log.item(user, position))).isTrue();
                if (position > 0) {
                    assertThat(log.time(user, position)).isGreaterThan(log.time(user, position - 1));
                }
            }
        }
    }

    @Test
    void textIsCompleteAndTitlesAreUnique() {
        assertThat(SHOP.items()).extracting(DemoShop.Item::title).doesNotHaveDuplicates();
        assertThat(SHOP.items()).allSatisfy(item -> {
            assertThat(item.title()).contains(item.brand()).doesNotContain("\t", "\n", "  ");
            assertThat(item.categories()).isNotEmpty();
            assertThat(item.categories().get(0)).matches("[^>|\t]+ > [^>|\t]+ > [^>|\t]+");
        });
        assertThat(SHOP.items().stream().map(DemoShop.Item::brand).distinct().count())
                .isGreaterThan(100);
    }

    @Test
    void titlesStayUniqueInAShopFarLargerThanTheWordLists() {
        DemoShop large = DemoGenerator.generate(DEFAULT.withSize(10, 100_000));

        assertThat(large.items().stream().map(DemoShop.Item::title).distinct().count())
                .isEqualTo(100_000);
    }

    @Test
    void sameSettingsGiveTheSameShopAndAnotherSeedAnother() {
        DemoSettings small = DEFAULT.withSize(100, 700);
        DemoShop first = DemoGenerator.generate(small);
        DemoShop second = DemoGenerator.generate(small);
        DemoShop other = DemoGenerator.generate(small.withSeed(2));

        assertThat(second.items()).isEqualTo(first.items());
        assertThat(items(second)).isEqualTo(items(first));
        assertThat(other.items()).isNotEqualTo(first.items());
    }

    @Test
    void usersDoNotDependOnTheirNumber() {
        DemoShop few = DemoGenerator.generate(DEFAULT.withSize(50, 700));
        DemoShop many = DemoGenerator.generate(DEFAULT.withSize(400, 700));

        assertThat(Arrays.copyOf(items(many), items(few).length)).isEqualTo(items(few));
    }

    @Test
    void reportsAllSettingsOutOfRange() {
        assertThatThrownBy(() -> new DemoSettings(3, 100, 2, 80, 1.5, 0.55, 0.7, 0.4, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("users: is 3")
                .hasMessageContaining("items: is 100")
                .hasMessageContaining("shortestHistory: is 2")
                .hasMessageContaining("longestHistory: is 80, allowed is 3 to 12")
                .hasMessageContaining("tasteShare: is 0.7");
    }

    private static int[] lengths(InteractionLog log) {
        return IntStream.range(0, log.users()).map(log::length).toArray();
    }

    private static int[] items(DemoShop shop) {
        InteractionLog log = shop.interactions();
        return IntStream.range(0, log.users())
                .flatMap(user -> IntStream.range(0, log.length(user)).map(position -> log.item(user, position)))
                .toArray();
    }
}
