// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;

/** Checks that fields, numbers and vectors of one side have names of their own, by which a model tells them apart. */
final class FieldNames {
    private FieldNames() {}

    static void require(
            List<FieldSettings> fields, List<String> numbers, List<String> vectors, List<VectorSource> vectorFiles) {
        Set<String> seen = new HashSet<>();
        fields.forEach(field -> seen.add(field.name()));
        List<Problem> problems = Stream.of(
                        numbers.stream().map(name -> new Problem("numbers", name)),
                        vectors.stream().map(name -> new Problem("vectors", name)),
                        vectorFiles.stream().map(file -> new Problem("vectorFiles", file.column())))
                .flatMap(stream -> stream)
                .filter(named -> !seen.add(named.what()))
                .map(named -> new Problem(
                        named.where(),
                        "name '" + named.what()
                                + "', which is the name of another field, number or vector; each needs a"
                                + " name of its own"))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
