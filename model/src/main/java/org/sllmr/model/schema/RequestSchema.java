// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Column;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.PairColumn;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;

/**
 * A model's schema for one request. Columns of the dataset are replaced by short ones with what the request tells and what
 * it needs of the dataset, so that everything that reads a dataset reads a request too, with the same bits.
 */
public final class RequestSchema {
    private RequestSchema() {}

    /**
     * Columns of one user, number 0, and of one context, number 0.
     *
     * @param user the user in the dataset, or -1; fields that are not given are taken from there
     */
    public static FeatureSchema ofUser(FeatureSchema schema, int user, GivenValues given, GivenValues context) {
        return schema.with(field -> {
            Field.Source source = field.source();
            String name = field.name().substring(field.name().indexOf('.') + 1);
            if (source instanceof Field.UserId) {
                // A table's row outside its vocabulary is that of unknown values.
                return with(field, new Field.UserColumn(numbered(field.name(), new int[] {user})));
            } else if (source instanceof Field.UserColumn of) {
                Column old = of.column();
                return with(
                        field,
                        new Field.UserColumn(
                                given.values().containsKey(name)
                                        ? column(
                                                old,
                                                List.of(indices(
                                                        old, given.values().get(name))))
                                        : column(old, List.of(indices(old, user)))));
            } else if (source instanceof Field.ContextColumn of) {
                return with(
                        field,
                        new Field.ContextColumn(column(
                                of.column(),
                                List.of(indices(of.column(), context.values().get(name))))));
            } else if (source instanceof Field.UserNumber of) {
                Float number = given.numbers().get(name);
                return with(
                        field,
                        new Field.UserNumber(
                                number == null
                                        ? one(of.numbers(), user)
                                        : encoded(schema, field, of.numbers().name(), number)));
            } else if (source instanceof Field.ContextNumber of) {
                return with(
                        field,
                        new Field.ContextNumber(encoded(
                                schema,
                                field,
                                of.numbers().name(),
                                context.numbers().get(name))));
            } else if (source instanceof Field.UserVector of) {
                float[] vector = given.vectors().get(of.column().name());
                return with(
                        field,
                        new Field.UserVector(
                                vectors(of.column(), new int[] {vector == null ? user : -1}, row -> vector),
                                of.scale()));
            } else if (source instanceof Field.PairNumber of) {
                return with(field, new Field.PairNumber(ofUser(of.column(), user), of.scale()));
            }
            return field;
        });
    }

    /**
     * Columns of some items, which are numbered anew in the order given.
     *
     * @param numbers for each the item in the dataset, or -1 for a new one
     * @param given for each what is known of a new one; not read for items of the dataset
     */
    public static FeatureSchema ofItems(FeatureSchema schema, int[] numbers, List<GivenValues> given) {
        return schema.with(field -> {
            Field.Source source = field.source();
            String name = field.name().substring(field.name().indexOf('.') + 1);
            if (source instanceof Field.ItemId) {
                return with(field, new Field.ItemColumn(numbered(field.name(), numbers)));
            } else if (source instanceof Field.ItemHistory) {
                return with(field, new Field.ColumnHistory(numbered(field.name(), numbers)));
            } else if (source instanceof Field.ItemColumn of) {
                return with(field, new Field.ItemColumn(items(of.column(), name, numbers, given)));
            } else if (source instanceof Field.ColumnHistory of) {
                return with(field, new Field.ColumnHistory(items(of.column(), name, numbers, given)));
            } else if (source instanceof Field.ItemNumber of) {
                return with(field, new Field.ItemNumber(items(schema, field, of.numbers(), name, numbers, given)));
            } else if (source instanceof Field.NumberHistory of) {
                return with(field, new Field.NumberHistory(items(schema, field, of.numbers(), name, numbers, given)));
            } else if (source instanceof Field.ItemVector of) {
                return with(field, new Field.ItemVector(items(of.column(), numbers, given), of.scale()));
            } else if (source instanceof Field.VectorHistory of) {
                return with(field, new Field.VectorHistory(items(of.column(), numbers, given), of.scale()));
            } else if (source instanceof Field.VectorProduct of) {
                return with(field, new Field.VectorProduct(items(of.column(), numbers, given), of.scale()));
            } else if (source instanceof Field.NearestCosine of) {
                return with(
                        field,
                        new Field.NearestCosine(
                                MeasuredVectors.of(items(of.vectors().column(), numbers, given)),
                                of.items(),
                                of.cosine(),
                                of.square()));
            } else if (source instanceof Field.PairNumber of) {
                return with(field, new Field.PairNumber(items(of.column(), numbers), of.scale()));
            } else if (source instanceof Field.Visited of) {
                return with(
                        field,
                        new Field.Visited(
                                of.visits().with(items(of.visits().neighbours(), numbers)), of.items(), of.scale()));
            }
            return field;
        });
    }

    private static Field with(Field field, Field.Source source) {
        return new Field(field.name(), field.table(), source);
    }

    /** A column of rows of a table, whatever they stand for. */
    private static Column numbered(String name, int[] rows) {
        return Column.single(name, new Vocabulary(List.of()), rows);
    }

    private static Column items(Column old, String name, int[] numbers, List<GivenValues> given) {
        return column(
                old,
                IntStream.range(0, numbers.length)
                        .mapToObj(i -> numbers[i] >= 0
                                ? indices(old, numbers[i])
                                : indices(old, given.get(i).values().get(name)))
                        .toList());
    }

    private static Column column(Column old, List<int[]> rows) {
        int[] offsets = new int[rows.size() + 1];
        for (int row = 0; row < rows.size(); row++) {
            offsets[row + 1] = offsets[row] + rows.get(row).length;
        }
        return new Column(
                old.name(),
                old.vocabulary(),
                offsets,
                rows.stream().flatMapToInt(Arrays::stream).toArray());
    }

    private static int[] indices(Column column, int row) {
        return row < 0 || row >= column.rows()
                ? new int[0]
                : Arrays.copyOfRange(column.values(), column.offsets()[row], column.offsets()[row + 1]);
    }

    private static int[] indices(Column column, @Nullable List<String> values) {
        return values == null
                ? new int[0]
                : values.stream()
                        .distinct()
                        .mapToInt(column.vocabulary()::indexOf)
                        .toArray();
    }

    private static EncodedNumbers items(
            FeatureSchema schema,
            Field field,
            EncodedNumbers old,
            String name,
            int[] numbers,
            List<GivenValues> given) {
        int[] rows = new int[numbers.length];
        float[] weights = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            Float number = numbers[i] < 0 ? given.get(i).numbers().get(name) : null;
            rows[i] = number == null
                    ? old.row(numbers[i])
                    : schema.transform(field).row(number);
            weights[i] = number == null
                    ? old.weight(numbers[i])
                    : schema.transform(field).weight(number);
        }
        return new EncodedNumbers(old.name(), rows, weights);
    }

    private static EncodedNumbers one(EncodedNumbers old, int row) {
        return new EncodedNumbers(old.name(), new int[] {old.row(row)}, new float[] {old.weight(row)});
    }

    private static EncodedNumbers encoded(FeatureSchema schema, Field field, String name, @Nullable Float number) {
        if (number == null) {
            return new EncodedNumbers(name, new int[] {-1}, new float[] {1});
        }
        NumberTransform transform = schema.transform(field);
        return new EncodedNumbers(name, new int[] {transform.row(number)}, new float[] {transform.weight(number)});
    }

    private static VectorColumn items(VectorColumn old, int[] numbers, List<GivenValues> given) {
        return vectors(old, numbers, row -> given.get(row).vectors().get(old.name()));
    }

    /** A new row's vector, or null. */
    @FunctionalInterface
    private interface Vectors {
        float @Nullable [] of(int row);
    }

    /** Rows of the dataset, and of the others those that are known; zeros for the rest. */
    private static VectorColumn vectors(VectorColumn old, int[] rows, Vectors others) {
        float[] values = new float[rows.length * old.width()];
        for (int i = 0; i < rows.length; i++) {
            float[] given = old.has(rows[i]) ? null : others.of(i);
            if (old.has(rows[i])) {
                System.arraycopy(old.values(), rows[i] * old.width(), values, i * old.width(), old.width());
            } else if (given != null) {
                System.arraycopy(given, 0, values, i * old.width(), old.width());
            }
        }
        return new VectorColumn(old.name(), old.width(), values, old.origin());
    }

    private static PairColumn ofUser(PairColumn old, int user) {
        if (user < 0 || user + 1 >= old.offsets().length) {
            return new PairColumn(old.name(), old.origin(), new int[] {0}, new int[0], new float[0]);
        }
        int from = old.offsets()[user];
        int to = old.offsets()[user + 1];
        return new PairColumn(
                old.name(),
                old.origin(),
                new int[] {0, to - from},
                Arrays.copyOfRange(old.items(), from, to),
                Arrays.copyOfRange(old.values(), from, to));
    }

    /** Neighbours of items that are numbered anew, among these; new items have none. */
    private static NeighbourColumn items(NeighbourColumn old, int[] numbers) {
        Map<Integer, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < numbers.length; i++) {
            places.computeIfAbsent(numbers[i], key -> new ArrayList<>()).add(i);
        }
        int[] offsets = new int[numbers.length + 1];
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] >= 0 && numbers[i] < old.rows()) {
                for (int at = old.offsets()[numbers[i]]; at < old.offsets()[numbers[i] + 1]; at++) {
                    items.addAll(places.getOrDefault(old.items()[at], List.of()));
                }
            }
            Collections.sort(items.subList(offsets[i], items.size()));
            offsets[i + 1] = items.size();
        }
        float[] weights = new float[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            for (int at = offsets[i]; at < offsets[i + 1]; at++) {
                weights[at] = old.weight(numbers[i], numbers[items.get(at)]);
            }
        }
        int[] all = items.stream().mapToInt(Integer::intValue).toArray();
        return new NeighbourColumn(old.name(), offsets, all, weights);
    }

    /** The pairs of the single user of a column, with items that are numbered anew. */
    private static PairColumn items(PairColumn old, int[] numbers) {
        float[] found = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            found[i] = numbers[i] < 0 ? Float.NaN : old.value(0, numbers[i]);
        }
        int[] items = IntStream.range(0, found.length)
                .filter(i -> !Float.isNaN(found[i]))
                .toArray();
        float[] values = new float[items.length];
        for (int i = 0; i < items.length; i++) {
            values[i] = found[items[i]];
        }
        return new PairColumn(old.name(), old.origin(), new int[] {0, items.length}, items, values);
    }
}
