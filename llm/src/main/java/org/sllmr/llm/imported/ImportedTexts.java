// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.imported;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.preparation.read.TableRows;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextPlan;
import org.sllmr.teacher.text.TextProvenance;
import org.sllmr.teacher.text.TextSubjects;
import org.sllmr.teacher.text.TextTable;

/** Reads texts that were written elsewhere from a file, and checks every row. */
public final class ImportedTexts {
    private final TableFile file;
    private final TextKind kind;
    private final TextColumns columns;
    private final String teacher;
    private final TrainingData data;
    private final RowProblems problems;
    private final TableRows table;
    private final Set<Subject> subjects = new HashSet<>();
    private final List<Written> texts = new ArrayList<>();
    private int blank;

    private record Subject(int user, int position, int item, int label) {}

    private record Written(Subject subject, String text) {}

    private ImportedTexts(TableFile file, TextKind kind, TextColumns columns, String teacher, TrainingData data) {
        this.file = file;
        this.kind = kind;
        this.columns = columns;
        this.teacher = teacher;
        this.data = data;
        this.table = TableRows.open(file);
        this.problems = new RowProblems(file.path().toString(), table);
    }

    /**
     * Reads the texts of a file as a table for a dataset. Rows with a blank text are passed over.
     *
     * @param teacher name of the teacher in results
     * @throws InvalidInputException if rows are wrong, with the number of each kind and examples
     */
    public static TextTable read(
            TableFile file,
            TextKind kind,
            TextColumns columns,
            String teacher,
            TrainingData data,
            ProgressListener listener) {
        ImportedTexts read = new ImportedTexts(file, kind, columns, teacher, data);
        read.table.forEach(columns.of(kind), listener, read::add);
        read.problems.throwIfAny();
        if (read.texts.isEmpty()) {
            throw new InvalidInputException(file.path().toString(), "has no text for dataset '" + data.name() + "'");
        }
        TextTable table = read.table();
        read.checkSamples(table);
        return table;
    }

    private void add(TableRows.Texts row) {
        int at = 0;
        int user = -1;
        int item = -1;
        int position = 0;
        int label = 0;
        List<String> values = row.values();
        if (kind.ofUsers()) {
            String value = values.get(at++);
            user = data.userIds().indexOf(value);
            require(user >= 0, RowProblems.Kind.UNKNOWN_USER, row, value);
        }
        if (kind.ofItems()) {
            String value = values.get(at++);
            item = data.catalogue().ids().indexOf(value);
            require(item >= 0, RowProblems.Kind.UNKNOWN_ITEM, row, value);
        }
        if (kind.ofUsers()) {
            String value = values.get(at++);
            position = number(value);
            require(
                    position >= 0 && (user < 0 || position <= data.log().length(user)),
                    RowProblems.Kind.NO_INTERACTIONS,
                    row,
                    value);
        }
        if (kind == TextKind.CHAIN_OF_THOUGHT) {
            String value = values.get(at++);
            label = number(value);
            require(label == 0 || label == 1, RowProblems.Kind.NO_LABEL, row, value);
        }
        String text = values.get(at).strip();
        Subject subject = new Subject(user, position, item, label);
        if (text.isEmpty()) {
            blank++;
        } else if (!subjects.add(kind == TextKind.USER_KNOWLEDGE ? new Subject(user, 0, item, label) : subject)) {
            problems.add(RowProblems.Kind.DOUBLED_TEXT, row.number(), text);
        } else {
            texts.add(new Written(subject, text));
        }
    }

    private void require(boolean holds, RowProblems.Kind problem, TableRows.Texts row, String value) {
        if (!holds) {
            problems.add(problem, row.number(), value);
        }
    }

    /** A whole number, or -1. */
    private static int number(String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException noNumber) {
            return -1;
        }
    }

    private TextTable table() {
        texts.sort(Comparator.<Written>comparingInt(one -> one.subject().user())
                .thenComparingInt(one -> one.subject().position())
                .thenComparingInt(one -> one.subject().item())
                .thenComparingInt(one -> one.subject().label()));
        int[] users = new int[texts.size()];
        int[] items = new int[texts.size()];
        int[] positions = new int[texts.size()];
        byte[] labels = new byte[texts.size()];
        for (int at = 0; at < users.length; at++) {
            Subject subject = texts.get(at).subject();
            users[at] = subject.user();
            items[at] = subject.item();
            positions[at] = subject.position();
            labels[at] = (byte) subject.label();
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("file", String.valueOf(file.path().getFileName()));
        settings.put("columns", String.join(", ", columns.of(kind)));
        return new TextTable(
                new TextProvenance(
                        kind,
                        teacher,
                        "imported",
                        settings,
                        data.name(),
                        data.hash(),
                        texts.size() + blank,
                        texts.size()),
                new TextSubjects(users, items, positions, labels),
                texts.stream().map(Written::text).toList());
    }

    /** Checks that chains of thought explain training samples, and no validation or test samples. */
    private void checkSamples(TextTable table) {
        if (kind != TextKind.CHAIN_OF_THOUGHT) {
            return;
        }
        TextSubjects training = TextPlan.ofSamples(data, 1, 0).subjects();
        TextSubjects read = table.subjects();
        int others = 0;
        for (int at = 0; at < read.size(); at++) {
            others += training.indexOf(read.users()[at], read.positions()[at], read.items()[at], read.labels()[at]) < 0
                    ? 1
                    : 0;
        }
        if (others > 0) {
            throw new InvalidInputException(
                    file.path().toString(),
                    "explains " + others + " samples that are not training samples of dataset '" + data.name()
                            + "'; leave these rows out, and check " + columns.interactions() + " and "
                            + columns.label());
        }
    }
}
