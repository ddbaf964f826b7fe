// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.model.schema.GivenValues;

/** Turns new items into values that the model reads. */
final class NewItems {
    private static final String ENCODER = "encoder ";
    private static final String OF = " of ";

    private final Catalogue catalogue;
    private final List<VectorColumn> columns;
    private final Supplier<Optional<TextVectors>> encoder;

    /**
     * With an encoder that is looked for when the first text is read.
     *
     * @param taught vectors that a teacher compares
     */
    NewItems(Catalogue catalogue, Optional<VectorColumn> taught, Supplier<Optional<TextVectors>> encoder) {
        this.catalogue = catalogue;
        // The model may read the same vectors, which then have one name.
        this.columns = Stream.concat(
                        catalogue.vectors().stream(),
                        taught.stream()
                                .filter(of -> catalogue.vectors().stream()
                                        .noneMatch(column -> column.name().equals(of.name()))))
                .toList();
        this.encoder = encoder;
    }

    /**
     * The values of items.
     *
     * @param deadline asked before each item, whose text may have to be encoded
     * @throws InvalidInputException if an item has a field that the catalogue has not, or a text needs an encoder that is
     *     not there
     */
    List<GivenValues> values(List<NewItem> items, Deadline deadline) {
        List<Problem> problems = new ArrayList<>();
        List<GivenValues> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            deadline.check();
            NewItem item = items.get(i);
            String place = "newItems[" + i + "]";
            check(place + ".fields", item.fields(), catalogue.fields().stream().map(Column::name), problems);
            check(place + ".texts", item.texts(), catalogue.texts().stream().map(Catalogue.TextColumn::name), problems);
            check(
                    place + ".numbers",
                    item.numbers(),
                    catalogue.numbers().stream().map(NumberColumn::name),
                    problems);
            check(
                    place + ".vectors",
                    item.vectors(),
                    catalogue.vectors().stream()
                            .filter(vector -> vector.origin().isEmpty())
                            .map(VectorColumn::name),
                    problems);
            item.numbers().forEach((name, number) -> {
                if (!Float.isFinite(number)) {
                    problems.add(new Problem(place + ".numbers." + name, "is not a finite number"));
                }
            });
            if (problems.isEmpty()) {
                values.add(new GivenValues(item.fields(), item.numbers(), vectors(place, item, problems)));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return values;
    }

    static void check(String place, Map<String, ?> given, Stream<String> known, List<Problem> problems) {
        List<String> names = known.toList();
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(name -> problems.add(new Problem(
                        place,
                        "has '" + name + "', which the bundle does not know; "
                                + (names.isEmpty() ? "it knows none" : "it knows " + String.join(", ", names)))));
    }

    private Map<String, float[]> vectors(String place, NewItem item, List<Problem> problems) {
        Map<String, float[]> vectors = new HashMap<>();
        for (VectorColumn column : columns) {
            List<Float> given = item.vectors().get(column.name());
            if (given != null && given.size() != column.width()) {
                problems.add(new Problem(
                        place + ".vectors." + column.name(),
                        "has " + given.size() + " numbers, needed are " + column.width()));
            } else if (given != null) {
                float[] vector = new float[column.width()];
                for (int d = 0; d < vector.length; d++) {
                    vector[d] = given.get(d);
                }
                vectors.put(column.name(), vector);
            } else if (!column.origin().isEmpty()) {
                vectors.put(column.name(), ofText(place, column, text(column, item)));
            }
        }
        return vectors;
    }

    /** The text as training joined it: its columns, in the order that the vectors' origin names. */
    private String text(VectorColumn column, NewItem item) {
        String origin = column.origin();
        int of = origin.indexOf(OF);
        List<String> names =
                of < 0 ? List.of() : List.of(origin.substring(of + OF.length()).split(", "));
        return names.stream()
                .map(name -> item.texts().containsKey(name)
                        ? item.texts().get(name)
                        : String.join(", ", item.fields().getOrDefault(name, List.of())))
                .filter(part -> !part.isBlank())
                .map(String::strip)
                .collect(Collectors.joining(". "));
    }

    private float[] ofText(String place, VectorColumn column, String text) {
        if (text.isBlank()) {
            return new float[column.width()];
        }
        TextVectors vectors = encoder.get()
                .orElseThrow(() -> new InvalidInputException(
                        place,
                        "has texts, whose vectors the scores need, but no encoder is there: put the module"
                                + " 'embedding' on the class path, or open the bundle with an encoder"));
        if (!column.origin().startsWith(ENCODER + vectors.hash() + OF)) {
            throw new InvalidInputException(
                    place,
                    "has texts, but the encoder that is there (" + vectors.hash()
                            + ") is not the one that the model was trained with: " + column.origin());
        }
        return vectors.of(text);
    }
}
