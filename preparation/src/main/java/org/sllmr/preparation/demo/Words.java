// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The word lists that products are named from.
 *
 * @param types what can be sold, and where it stands in the shop
 * @param themes what products have in common across departments
 * @param brands made-up makers
 * @param colours words of titles that say nothing about taste
 * @param series what tells otherwise equal titles apart
 */
record Words(
        List<ProductType> types, List<Theme> themes, List<String> brands, List<String> colours, List<String> series) {

    /** A type of product, such as a teapot, and the sizes and variants that it comes in. */
    record ProductType(String department, String category, String name, List<String> details) {}

    /** An idea that different words express: before the product's name, or behind it. */
    record Theme(String name, List<String> adjectives, List<String> phrases) {}

    /** Reads the lists beside this class. */
    static Words load() {
        List<ProductType> types = lines("departments.txt").stream()
                .flatMap(line ->
                        list(line[2]).stream().map(name -> new ProductType(line[0], line[1], name, list(line[3]))))
                .toList();
        List<Theme> themes = lines("themes.txt").stream()
                .map(line -> new Theme(line[0], list(line[1]), list(line[2])))
                .toList();
        List<String[]> names = lines("names.txt");
        List<String> brands = new ArrayList<>();
        for (String ending : list(names.get(1)[1])) {
            for (String beginning : list(names.get(0)[1])) {
                brands.add(beginning + ending);
            }
        }
        return new Words(types, themes, List.copyOf(brands), list(names.get(2)[1]), list(names.get(3)[1]));
    }

    private static List<String> list(String cell) {
        return List.of(cell.split(", "));
    }

    private static List<String[]> lines(String resource) {
        try (InputStream stream = Words.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the word list " + resource + " is missing from the program");
            }
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
