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
 * The word lists for product texts.
 *
 * @param types types of products with their categories
 * @param themes ideas that products of different departments share
 * @param brands invented brands
 * @param colours words of titles that are unrelated to taste
 * @param series suffixes that distinguish otherwise equal titles
 */
record Words(
        List<ProductType> types, List<Theme> themes, List<String> brands, List<String> colours, List<String> series) {

    /** A type of product, such as a teapot, and the sizes and variants that it comes in. */
    record ProductType(String department, String category, String name, List<String> details) {}

    /** An idea that different words express, before or after the product's name. */
    record Theme(String name, List<String> adjectives, List<String> phrases) {}

    /** Reads the lists from the resources of this package. */
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
