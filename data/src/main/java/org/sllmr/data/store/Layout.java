// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Labels;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.Samples;
import org.sllmr.data.VectorColumn;

/** The column files of a dataset folder; fields are numbered, so that their names may contain any character. */
final class Layout {
    static final String MANIFEST = "manifest.json";
    static final String LOG = "log";
    static final String LOG_ITEMS = "log.items";
    static final String LOG_TIMES = "log.times";
    static final String USERS = "users";
    static final String ITEMS = "items";
    static final String CONTEXT = "context";
    static final String LOG_CONTEXTS = "log.contexts";
    static final String TRAINING_LENGTHS = "lengths.training";
    static final String VALIDATION_LENGTHS = "lengths.validation";
    static final String TRAINING = "training";
    static final String VALIDATION = "validation";
    static final String TEST = "test";
    static final String CALIBRATION = "calibration";
    static final String TRAINING_NEGATIVES = "negatives.training";
    static final String VALIDATION_NEGATIVES = "negatives.validation";
    static final String TEST_NEGATIVES = "negatives.test";

    private Layout() {}

    static String ids(String side) {
        return side + ".ids";
    }

    static String field(String side, int number) {
        return side + ".field" + number;
    }

    static String number(String side, int number) {
        return side + ".number" + number;
    }

    static String vector(String side, int number) {
        return side + ".vector" + number;
    }

    static String text(int number) {
        return ITEMS + ".text" + number;
    }

    static String vocabulary(String field) {
        return field + ".vocabulary";
    }

    /** All column files in a fixed order. */
    static List<DatasetFile> files(Contents contents) {
        List<DatasetFile> files = new ArrayList<>();
        InteractionLog log = contents.log();
        files.add(new DatasetFile(LOG + DatasetFile.OFFSETS + DatasetFile.INTS, out -> putOffsets(log, out)));
        files.add(new DatasetFile(LOG_ITEMS + DatasetFile.INTS, out -> putItems(log, out)));
        files.add(new DatasetFile(LOG_TIMES + DatasetFile.LONGS, out -> putTimes(log, out)));
        addStrings(files, ids(USERS), contents.userIds().values());
        addFields(files, USERS, contents.userFields());
        files.addAll(itemTexts(contents.catalogue()));
        addFields(files, CONTEXT, contents.contextFields());
        addNumbers(files, USERS, contents.numeric().userNumbers());
        addVectors(files, USERS, contents.numeric().userVectors());
        files.addAll(itemNumbers(contents.catalogue()));
        addNumbers(files, CONTEXT, contents.numeric().contextNumbers());
        if (contents.split() instanceof Negatives negatives) {
            files.add(DatasetFile.ints(TRAINING_NEGATIVES, negatives.training()));
            files.add(DatasetFile.ints(VALIDATION_NEGATIVES, negatives.validation()));
            files.add(DatasetFile.ints(TEST_NEGATIVES, negatives.test()));
        } else if (contents.split() instanceof StoredParts parts) {
            if (parts.contexts().length > 0) {
                files.add(DatasetFile.ints(LOG_CONTEXTS, parts.contexts()));
            }
            files.add(DatasetFile.ints(TRAINING_LENGTHS, parts.trainingLengths()));
            files.add(DatasetFile.ints(VALIDATION_LENGTHS, parts.validationLengths()));
            addSamples(files, TRAINING, parts.training());
            addSamples(files, VALIDATION, parts.validation());
            addSamples(files, TEST, parts.test());
            parts.calibration().ifPresent(samples -> addSamples(files, CALIBRATION, samples));
        }
        return files;
    }

    /** Ids, fields and texts of the items. */
    static List<DatasetFile> itemTexts(Catalogue catalogue) {
        List<DatasetFile> files = new ArrayList<>();
        addStrings(files, ids(ITEMS), catalogue.ids().values());
        addFields(files, ITEMS, catalogue.fields());
        for (int text = 0; text < catalogue.texts().size(); text++) {
            addStrings(files, text(text), catalogue.texts().get(text).values());
        }
        return files;
    }

    /** Numbers and vectors of the items. */
    static List<DatasetFile> itemNumbers(Catalogue catalogue) {
        List<DatasetFile> files = new ArrayList<>();
        addNumbers(files, ITEMS, catalogue.numbers());
        addVectors(files, ITEMS, catalogue.vectors());
        return files;
    }

    static String users(String part) {
        return part + ".users";
    }

    static String items(String part) {
        return part + ".items";
    }

    static String positions(String part) {
        return part + ".positions";
    }

    static String contexts(String part) {
        return part + ".contexts";
    }

    static String labels(String part) {
        return part + ".labels";
    }

    static String lists(String part) {
        return part + ".lists";
    }

    private static void addSamples(List<DatasetFile> files, String part, Samples samples) {
        files.add(DatasetFile.ints(users(part), samples.instances().users()));
        files.add(DatasetFile.ints(items(part), samples.instances().items()));
        files.add(DatasetFile.ints(positions(part), samples.instances().positions()));
        if (samples.instances().contexts().length > 0) {
            files.add(DatasetFile.ints(contexts(part), samples.instances().contexts()));
        }
        if (samples.labels() instanceof Labels.Given given) {
            files.add(DatasetFile.bytes(labels(part), given.values()));
            if (given.lists().length > 0) {
                files.add(DatasetFile.ints(lists(part), given.lists()));
            }
        }
    }

    private static void addFields(List<DatasetFile> files, String side, List<Column> fields) {
        for (int number = 0; number < fields.size(); number++) {
            Column field = fields.get(number);
            String name = field(side, number);
            files.add(DatasetFile.ints(name + DatasetFile.OFFSETS, field.offsets()));
            files.add(DatasetFile.ints(name, field.values()));
            addStrings(files, vocabulary(name), field.vocabulary().values());
        }
    }

    private static void addNumbers(List<DatasetFile> files, String side, List<NumberColumn> numbers) {
        for (int number = 0; number < numbers.size(); number++) {
            files.add(
                    DatasetFile.floats(number(side, number), numbers.get(number).values()));
        }
    }

    private static void addVectors(List<DatasetFile> files, String side, List<VectorColumn> vectors) {
        for (int number = 0; number < vectors.size(); number++) {
            files.add(
                    DatasetFile.floats(vector(side, number), vectors.get(number).values()));
        }
    }

    private static void addStrings(List<DatasetFile> files, String name, List<String> values) {
        files.add(DatasetFile.textOffsets(name, values));
        files.add(DatasetFile.text(name, values));
    }

    private static void putOffsets(InteractionLog log, LittleEndianOutput out) throws IOException {
        int offset = 0;
        out.putInt(offset);
        for (int user = 0; user < log.users(); user++) {
            offset += log.length(user);
            out.putInt(offset);
        }
    }

    private static void putItems(InteractionLog log, LittleEndianOutput out) throws IOException {
        int[] items = new int[1024];
        for (int user = 0; user < log.users(); user++) {
            int length = log.length(user);
            if (length > items.length) {
                items = new int[Math.max(length, 2 * items.length)];
            }
            log.copyItems(user, 0, length, items, 0);
            out.putInts(items, 0, length);
        }
    }

    private static void putTimes(InteractionLog log, LittleEndianOutput out) throws IOException {
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user); position++) {
                out.putLong(log.time(user, position));
            }
        }
    }
}
