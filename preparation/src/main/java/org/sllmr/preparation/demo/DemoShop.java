// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.util.List;
import org.sllmr.data.InteractionLog;

/**
 * A generated shop, as its own systems would know it.
 *
 * @param items the products; an item's index is its row here
 * @param interactions who bought what and when; no user buys an item twice, and no two times of a user are equal
 */
public record DemoShop(List<Item> items, InteractionLog interactions) {
    /** Copies the list. */
    public DemoShop {
        items = List.copyOf(items);
    }

    /**
     * A product.
     *
     * @param title what the shop calls it; unique
     * @param brand its maker
     * @param categories category paths, at least one, each from the department down: {@code Kitchen > Baking > Pie Dish}
     */
    public record Item(String title, String brand, List<String> categories) {
        /** Copies the list. */
        public Item {
            categories = List.copyOf(categories);
        }
    }
}
