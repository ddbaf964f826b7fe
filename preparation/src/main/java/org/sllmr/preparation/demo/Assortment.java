// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;

/** Generates the products of a shop. */
final class Assortment {
    private static final int ITEMS_PER_BRAND = 14;
    private static final int ITEMS_PER_CIRCLE = 60;
    /** Probability that a product has the theme of its brand. */
    private static final double BRAND_THEME = 0.4;
    /** Probability that a product is also listed under its theme. */
    private static final double THEME_SHELF = 0.15;

    private final Words words;
    private final DemoSettings settings;
    private final List<String> departments;
    private final List<String> categories;
    private final int brandsPerDepartment;
    private final int[] brandThemes;
    private final int circles;
    private final Set<String> titles = new HashSet<>();

    private Assortment(Words words, DemoSettings settings, RandomGenerator random) {
        this.words = words;
        this.settings = settings;
        this.departments = words.types().stream()
                .map(Words.ProductType::department)
                .distinct()
                .toList();
        this.categories =
                words.types().stream().map(Assortment::shelf).distinct().toList();
        int most = words.brands().size() / departments.size();
        this.brandsPerDepartment =
                Math.max(2, Math.min(most, settings.items() / (ITEMS_PER_BRAND * departments.size())));
        this.brandThemes =
                random.ints(words.brands().size(), 0, words.themes().size()).toArray();
        this.circles = Math.max(2, settings.items() / ITEMS_PER_CIRCLE);
    }

    /** The products, in the order of their item index. */
    static List<Product> generate(Words words, DemoSettings settings, Seed seed) {
        RandomGenerator random = seed.generator();
        Assortment assortment = new Assortment(words, settings, random);
        int[] ranks = shuffled(settings.items(), random);
        List<Product> products = new ArrayList<>(ranks.length);
        for (int rank : ranks) {
            products.add(assortment.product(rank, random));
        }
        return products;
    }

    private Product product(int rank, RandomGenerator random) {
        Words.ProductType type = any(words.types(), random);
        int department = departments.indexOf(type.department());
        // The brands of a department are spread over the list, so that their names have different endings.
        int brand = random.nextInt(brandsPerDepartment) * departments.size() + department;
        int theme = random.nextDouble() < BRAND_THEME
                ? brandThemes[brand]
                : random.nextInt(words.themes().size());
        return new Product(
                item(type, words.themes().get(theme), words.brands().get(brand), random),
                categories.indexOf(shelf(type)),
                department,
                theme,
                brand,
                random.nextInt(circles),
                StrictMath.pow(rank + 1, -settings.popularityExponent()));
    }

    private DemoShop.Item item(Words.ProductType type, Words.Theme theme, String brand, RandomGenerator random) {
        String path = shelf(type) + " > " + type.name();
        List<String> paths =
                random.nextDouble() < THEME_SHELF ? List.of(path, "Collections > " + theme.name()) : List.of(path);
        return new DemoShop.Item(title(type, theme, brand, random), brand, paths);
    }

    private static String shelf(Words.ProductType type) {
        return type.department() + " > " + type.category();
    }

    private String title(Words.ProductType type, Words.Theme theme, String brand, RandomGenerator random) {
        String named = any(theme.adjectives(), random) + " " + type.name();
        String phrase = any(theme.phrases(), random);
        String detail = any(type.details(), random);
        String colour = any(words.colours(), random);
        String title = switch (random.nextInt(4)) {
            case 0 -> brand + " " + named + ", " + detail;
            case 1 -> brand + " " + named + ", " + phrase + ", " + detail;
            case 2 -> brand + " " + type.name() + ", " + phrase + ", " + detail + ", " + colour;
            default -> named + " by " + brand + ", " + phrase + ", " + colour;
        };
        String unique = title;
        for (int copy = 0; !titles.add(unique); copy++) {
            // Needed only in shops far larger than the lists were written for.
            unique = title + ", "
                    + (copy < words.series().size() ? words.series().get(copy) : "No. " + (copy + 1));
        }
        return unique;
    }

    private static <T> T any(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }

    private static int[] shuffled(int size, RandomGenerator random) {
        int[] numbers = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            numbers[i] = numbers[j];
            numbers[j] = i;
        }
        return numbers;
    }
}
