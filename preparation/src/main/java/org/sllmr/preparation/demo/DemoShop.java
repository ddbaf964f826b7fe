// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.util.List;
import org.sllmr.data.InteractionLog;

/**
 * A generated shop, as a shop's own systems would record it.
 *
 * @param items the products; an item's index is its row here
 * @param interactions all purchases; no user buys an item twice, and all times of a user differ
 */
public record DemoShop(List<Item> items, InteractionLog interactions) {
    /** Copies the list. */
    public DemoShop {
        items = List.copyOf(items);
    }

    /**
     * A product.
     *
     * @param title unique title
     * @param brand its brand
     * @param categories category paths, at least one, each from the department down: {@code Kitchen > Baking > Pie
     *     Dish}
     */
    public record Item(String title, String brand, List<String> categories) {
        /** Copies the list. */
        public Item {
            categories = List.copyOf(categories);
        }
    }
}
