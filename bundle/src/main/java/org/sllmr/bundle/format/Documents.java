// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.configuration.document.JsonReader;
import org.sllmr.configuration.document.Node;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.ModelVariants;
import org.sllmr.model.schema.SchemaFit;

/** The JSON files of a bundle. */
final class Documents {
    private Documents() {}

    /** {@link SchemaFit} of tables whose rows have the numbers of the data's values. */
    record Fitted(List<String> fields, List<TableRows> tables, List<Numbers> numbers) {
        /** A table: its rows, and which of them count as unknown. */
        record TableRows(String name, int rows, List<Integer> rare) {}

        /** What was fitted for a field. */
        record Numbers(String field, String kind, List<Float> values) {}

        static Fitted of(SchemaFit fit) {
            return new Fitted(
                    fit.fields(),
                    fit.tables().stream()
                            .map(table -> new TableRows(
                                    table.name(),
                                    table.rows(),
                                    Arrays.stream(table.rare()).boxed().toList()))
                            .toList(),
                    fit.numbers().stream()
                            .map(one -> new Numbers(
                                    one.field(),
                                    one.kind(),
                                    IntStream.range(0, one.values().length)
                                            .mapToObj(i -> one.values()[i])
                                            .toList()))
                            .toList());
        }

        SchemaFit fit() {
            return new SchemaFit(
                    fields,
                    tables.stream()
                            .map(table -> new SchemaFit.KnownTable(
                                    table.name(),
                                    table.rows(),
                                    List.of(),
                                    table.rare().stream()
                                            .mapToInt(Integer::intValue)
                                            .toArray()))
                            .toList(),
                    numbers.stream()
                            .map(one -> new SchemaFit.FittedNumbers(one.field(), one.kind(), floats(one.values())))
                            .toList());
        }

        private static float[] floats(List<Float> list) {
            float[] values = new float[list.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = list.get(i);
            }
            return values;
        }
    }

    /**
     * Requests with the scores that they must get.
     *
     * @param cases the requests
     */
    record Golden(List<Case> cases) {
        /**
         * A request.
         *
         * @param user the user's number, or -1
         * @param history items' numbers
         * @param items items' numbers
         * @param bits the scores' bits, one an item
         */
        record Case(int user, List<Integer> history, List<Integer> items, List<Integer> bits) {}
    }

    static String write(Record record) {
        return SettingsWriter.of(ModelVariants.get()).writeJson(record) + "\n";
    }

    static ModelSettings settings(String name, String json) {
        return SettingsReader.of(ModelSettings.class, ModelVariants.get())
                .json(name, json)
                .read();
    }

    static <T extends Record> T read(Class<T> type, String name, String json) {
        return SettingsReader.of(type, Variants.none()).json(name, json).read();
    }

    /** The manifest, whose version is looked at before anything else. */
    static Manifest manifest(String name, String json) {
        Node.Entry version = JsonReader.document(name, json).find("formatVersion");
        String found = version != null && version.value() instanceof Node.Scalar scalar ? scalar.text() : "none";
        if (IntStream.rangeClosed(Manifest.OLDEST, Manifest.VERSION)
                .noneMatch(one -> found.equals(Integer.toString(one)))) {
            throw new InvalidInputException(List.of(new Problem(
                    name,
                    "is of a bundle of format version " + found + ", this program reads versions " + Manifest.OLDEST
                            + " to " + Manifest.VERSION + "; export the run again with this program")));
        }
        return read(Manifest.class, name, json);
    }
}
