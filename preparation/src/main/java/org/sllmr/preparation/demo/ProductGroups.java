// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The products in all groups in which customers find them; within a group, products of higher quality sell more. */
final class ProductGroups {
    /** Exponent of quality within circles: word of mouth favours good sellers more than browsing does. */
    private static final double WORD_OF_MOUTH = 1.4;

    private final List<Product> products;
    private final int themes;
    private final WeightedChoice all;
    private final Map<Integer, WeightedChoice> byCategory;
    private final Map<Integer, WeightedChoice> byBrand;
    private final Map<Integer, WeightedChoice> byTheme;
    private final Map<Integer, WeightedChoice> byDepartmentAndTheme;
    private final Map<Integer, WeightedChoice> byCircle;

    ProductGroups(List<Product> products, int themes) {
        this.products = products;
        this.themes = themes;
        double[] quality = products.stream().mapToDouble(Product::quality).toArray();
        double[] talkedAbout = products.stream()
                .mapToDouble(product -> StrictMath.pow(product.quality(), WORD_OF_MOUTH))
                .toArray();
        this.all = new WeightedChoice(IntStream.range(0, products.size()).toArray(), quality);
        this.byCategory = group(Product::category, quality);
        this.byBrand = group(Product::brand, quality);
        this.byTheme = group(Product::theme, quality);
        this.byDepartmentAndTheme = group(this::departmentAndTheme, quality);
        this.byCircle = group(Product::circle, talkedAbout);
    }

    /** A product from the uniform distribution, from which an interest or a circle starts. */
    int uniform(RandomGenerator random) {
        return random.nextInt(products.size());
    }

    int popular(RandomGenerator random) {
        return all.draw(random);
    }

    int sameCategory(int item, RandomGenerator random) {
        return group(byCategory, products.get(item).category()).draw(random);
    }

    int sameBrand(int item, RandomGenerator random) {
        return group(byBrand, products.get(item).brand()).draw(random);
    }

    int sameTheme(int item, RandomGenerator random) {
        return group(byTheme, products.get(item).theme()).draw(random);
    }

    int sameDepartmentAndTheme(int item, RandomGenerator random) {
        return group(byDepartmentAndTheme, departmentAndTheme(products.get(item)))
                .draw(random);
    }

    int sameCircle(int item, RandomGenerator random) {
        return group(byCircle, products.get(item).circle()).draw(random);
    }

    private int departmentAndTheme(Product product) {
        return product.department() * themes + product.theme();
    }

    private Map<Integer, WeightedChoice> group(ToIntFunction<Product> key, double[] weights) {
        return IntStream.range(0, products.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        item -> key.applyAsInt(products.get(item)),
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                items -> new WeightedChoice(
                                        items.stream().mapToInt(item -> item).toArray(), weights))));
    }

    private static WeightedChoice group(Map<Integer, WeightedChoice> groups, int key) {
        WeightedChoice choice = groups.get(key);
        if (choice == null) {
            throw new IllegalStateException("no product has key " + key);
        }
        return choice;
    }
}
