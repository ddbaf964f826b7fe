// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.imported;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.preparation.read.TableRows;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;

/** Reads scores of users and items from a file, and checks every row. */
public final class ImportedScores {
    private static final String SOURCE = "IMPORTED";

    private final ImportSettings settings;
    private final TrainingData data;
    private final TableRows table;
    private final RowProblems problems;
    private int[] users = new int[1024];
    private int[] items = new int[1024];
    private float[] scores = new float[1024];
    private long[] rows = new long[1024];
    private int size;
    private int blank;
    private final RankedLists lists;
    private final boolean[] wanted;
    private final List<String> columns = new ArrayList<>();

    private ImportedScores(ImportSettings settings, TrainingData data) {
        this.settings = settings;
        this.data = data;
        this.table = TableRows.open(settings.file());
        this.problems = new RowProblems(settings.file().path().toString(), table);
        this.lists = new RankedLists(data.log().users(), settings.form());
        this.wanted = wanted();
        columns.addAll(List.of(settings.user(), settings.item(), settings.value()));
        settings.where().forEach(condition -> columns.add(condition.column()));
    }

    /**
     * Reads the scores of a file as a table for a dataset.
     *
     * @throws InvalidInputException if rows are wrong, with the number of each kind and examples
     */
    public static TeacherTableFile read(ImportSettings settings, TrainingData data, ProgressListener listener) {
        ImportedScores read = new ImportedScores(settings, data);
        read.table.forEach(read.columns, listener, read::add);
        if (settings.form().ranks()) {
            read.ranksToScores();
        }
        TeacherTable table = read.table();
        read.checkHeldOut(table);
        if (table.size() == 0) {
            throw new InvalidInputException(
                    settings.file().path().toString(), "has no score for dataset '" + data.name() + "'");
        }
        return new TeacherTableFile(read.provenance(table), table);
    }

    /** Whose scores are taken: {@code [users]}. */
    private boolean[] wanted() {
        boolean[] users = new boolean[data.log().users()];
        Arrays.fill(users, !settings.calibrationOnly());
        if (settings.calibrationOnly()) {
            Samples calibration = data.calibration()
                    .orElseThrow(() -> new InvalidInputException(
                            "--calibration-only",
                            "needs a dataset with a calibration part, and dataset '" + data.name()
                                    + "' has none; leave it out, or prepare one by folds (data prepare --candidates)"));
            for (int user : calibration.instances().users()) {
                users[user] = true;
            }
        }
        return users;
    }

    private void add(TableRows.Texts row) {
        for (int index = 0; index < settings.where().size(); index++) {
            String value =
                    row.values().get(index + columns.size() - settings.where().size());
            if (!settings.where().get(index).holds(value.strip(), table, row.number())) {
                return;
            }
        }
        int user = data.userIds().indexOf(row.values().get(0));
        int item = data.catalogue().ids().indexOf(row.values().get(1));
        if (user < 0 && !settings.skipUnknown()) {
            problems.add(
                    RowProblems.Kind.UNKNOWN_USER, row.number(), row.values().get(0));
        }
        if (item < 0 && !settings.skipUnknown()) {
            problems.add(
                    RowProblems.Kind.UNKNOWN_ITEM, row.number(), row.values().get(1));
        }
        String text = row.values().get(2).strip();
        if (settings.form().ranks()) {
            addRank(user, item, text, row.number());
            return;
        }
        if (text.isEmpty()) {
            blank += user >= 0 && item >= 0 ? 1 : 0;
            return;
        }
        double score = number(text);
        if (!(score >= 0 && score <= 1)) {
            problems.add(RowProblems.Kind.NO_SCORE, row.number(), text);
        } else if (user >= 0 && item >= 0) {
            keep(user, item, (float) score, row.number());
        }
    }

    private void addRank(int user, int item, String text, long row) {
        double number = text.isEmpty() ? RankedLists.NONE : number(text);
        int rank = (int) number;
        if (rank != number || rank < (text.isEmpty() ? 0 : 1)) {
            problems.add(RowProblems.Kind.NO_RANK, row, text);
        } else if (user >= 0) {
            lists.add(user, rank);
            if (item >= 0) {
                keep(user, item, rank, row);
            }
        }
    }

    /** Replaces the ranks that were read by scores, now that the lengths of the lists are known. */
    private void ranksToScores() {
        int kept = 0;
        for (int index = 0; index < size; index++) {
            int rank = (int) scores[index];
            if (lists.exceeds(users[index], rank)) {
                problems.add(RowProblems.Kind.NO_RANK, rows[index], Integer.toString(rank));
            }
            float score = lists.score(users[index], rank);
            if (Float.isNaN(score)) {
                blank++;
            } else {
                users[kept] = users[index];
                items[kept] = items[index];
                scores[kept] = score;
                rows[kept++] = rows[index];
            }
        }
        size = kept;
        problems.throwIfAny();
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }

    private void keep(int user, int item, float score, long row) {
        if (!wanted[user]) {
            return;
        }
        if (settings.skipTaken() && took(user, item, data.log().length(user))) {
            return;
        }
        if (size == users.length) {
            users = Arrays.copyOf(
                    users,
                    ArraySize.grown(
                            size,
                            size + 1L,
                            settings.file().path().toString(),
                            "scores",
                            "import the scores of fewer users or items"));
            items = Arrays.copyOf(items, users.length);
            scores = Arrays.copyOf(scores, users.length);
            rows = Arrays.copyOf(rows, users.length);
        }
        users[size] = user;
        items[size] = item;
        scores[size] = score;
        rows[size++] = row;
    }

    /** The scores sorted by user and item. */
    private TeacherTable table() {
        int[] offsets = new int[data.log().users() + 1];
        for (int index = 0; index < size; index++) {
            offsets[users[index] + 1]++;
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] next = offsets.clone();
        long[] order = new long[size];
        for (int index = 0; index < size; index++) {
            order[next[users[index]]++] = (long) items[index] << Integer.SIZE | index;
        }
        int[] sortedItems = new int[size];
        float[] sortedScores = new float[size];
        for (int user = 0; user + 1 < offsets.length; user++) {
            Arrays.sort(order, offsets[user], offsets[user + 1]);
            for (int at = offsets[user]; at < offsets[user + 1]; at++) {
                int index = (int) order[at];
                sortedItems[at] = items[index];
                sortedScores[at] = scores[index];
                if (at > offsets[user] && sortedItems[at] == sortedItems[at - 1]) {
                    problems.add(
                            RowProblems.Kind.DOUBLED,
                            rows[index],
                            data.userIds().value(user) + "', '"
                                    + data.catalogue().ids().value(items[index]));
                }
            }
        }
        problems.throwIfAny();
        boolean[] heldOut =
                settings.plan().map(CandidatePlan::heldOut).orElseGet(() -> new boolean[offsets.length - 1]);
        return new TeacherTable(offsets, sortedItems, sortedScores, heldOut);
    }

    /**
     * Checks that scores of users' last training items belong to held-out users; for other users the teacher saw this
     * interaction, so the score has no meaning.
     */
    private void checkHeldOut(TeacherTable table) {
        int last = 0;
        for (int user = 0; user < table.users(); user++) {
            int position = data.log().length(user) - 1;
            last += position >= 1
                            && !table.heldOut()[user]
                            && table.indexOf(user, data.log().item(user, position)) >= 0
                            && !took(user, data.log().item(user, position), position)
                    ? 1
                    : 0;
        }
        if (last > 0) {
            throw new InvalidInputException(
                    settings.file().path().toString(),
                    "scores the last training interaction of " + last + " users who are not held out; name the plan"
                            + " of these scores (--plan), or leave these rows out (--skip-taken)");
        }
    }

    /** Whether an item is among the first interactions of a user. */
    private boolean took(int user, int item, int interactions) {
        for (int position = 0; position < interactions; position++) {
            if (data.log().item(user, position) == item) {
                return true;
            }
        }
        return false;
    }

    private ScoreProvenance provenance(TeacherTable table) {
        Map<String, String> from = new LinkedHashMap<>();
        from.put("file", String.valueOf(settings.file().path().getFileName()));
        from.put("columns", String.join(", ", settings.user(), settings.item(), settings.value()));
        if (settings.form().ranks()) {
            from.put("ranks", settings.form() == ImportForm.RANKS_ONLY ? "others without score" : "others last");
            from.put("users without ranks", Integer.toString(lists.unranked()));
        }
        if (!settings.where().isEmpty()) {
            from.put("where", settings.where().stream().map(String::valueOf).collect(Collectors.joining("; ")));
        }
        int scoredUsers = 0;
        for (int user = 0; user < table.users(); user++) {
            scoredUsers += table.to(user) > table.from(user) ? 1 : 0;
        }
        int asked = table.size() + blank;
        return new ScoreProvenance(
                settings.teacher(),
                "imported",
                from,
                data.name(),
                data.hash(),
                0,
                Map.of(SOURCE, asked),
                Map.of(SOURCE, table.size()),
                asked,
                table.size(),
                scoredUsers,
                (int) Arrays.stream(table.items()).distinct().count());
    }
}
