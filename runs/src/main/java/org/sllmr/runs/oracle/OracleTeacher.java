// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.oracle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;

/**
 * Turns a teacher's scores into those of an oracle that knows the validation positives: an upper bound on the gain from
 * guidance.
 *
 * <p>Each user's validation positive is added to the candidates with the highest possible score, 1; all other scores
 * stay the teacher's. A model trained with such a table has seen its validation data. So its gain on validation metrics
 * is an upper bound, and none of its metrics is a result.
 *
 * <p>For a held-out user the oracle knows the held-out training interaction instead, so that a gate fitted on held-out
 * users sees the same teacher as training does.
 */
public final class OracleTeacher {
    private static final String NAME = "oracle";
    private static final String SOURCE = "ORACLE";
    private static final float KNOWN = 1;

    /** The warning to show beside results obtained with such a teacher. */
    public static final String WARNING =
            "This teacher knows the validation positives: its gain on validation metrics is an upper bound, and none"
                    + " of its metrics is a result.";

    private OracleTeacher() {}

    /** Whether a teacher's name is that of an oracle. */
    public static boolean named(String teacher) {
        return teacher.startsWith(NAME + " ");
    }

    /**
     * Makes an oracle from a teacher.
     *
     * <p>A user without any score gets none, because there is nothing to prefer the positive to. A positive that is
     * already in the user's training history is not added, because a teacher is never asked about items in the history.
     *
     * @param teacher the scores to start from
     * @param data the dataset of the scores
     * @param strength the probability that the oracle knows a user's positive, 0 to 1; the users known at one strength
     *     are also known at every higher one
     * @param seed decides for which users it knows
     * @throws org.sllmr.configuration.InvalidInputException if the strength is out of range
     */
    public static TeacherTableFile of(TeacherTableFile teacher, TrainingData data, double strength, Seed seed) {
        new Checks().between("strength", strength, 0, 1).done();
        TeacherTable table = teacher.table();
        int[][] known = known(table, data, strength, seed.child("oracle"));
        int users = 0;
        int added = 0;
        for (int user = 0; user < known.length; user++) {
            users += known[user].length > 0 ? 1 : 0;
            for (int item : known[user]) {
                added += table.indexOf(user, item) < 0 ? 1 : 0;
            }
        }
        TeacherTable knowing = joined(table, known, added);
        return new TeacherTableFile(provenance(teacher.provenance(), knowing, strength, seed, users, added), knowing);
    }

    /** The items that the oracle knows, by user: each once, ascending. */
    private static int[][] known(TeacherTable table, TrainingData data, double strength, Seed seed) {
        InteractionLog log = data.log();
        boolean[] heldOut = table.heldOut();
        int[][] known = new int[table.users()][0];
        Samples validation = data.validation().samples();
        Instances rows = validation.instances();
        for (int row = 0; row < rows.size(); row++) {
            int user = rows.users()[row];
            if (validation.label(row) == 1 && !heldOut[user] && !holds(log, user, rows.items()[row])) {
                known[user] = Arrays.copyOf(known[user], known[user].length + 1);
                known[user][known[user].length - 1] = rows.items()[row];
            }
        }
        for (int user = 0; user < known.length; user++) {
            if (heldOut[user]) {
                known[user] = new int[] {log.item(user, log.length(user) - 1)};
            }
            boolean told = seed.child(user).generator().nextDouble() < strength;
            boolean asked = table.to(user) > table.from(user);
            known[user] = told && asked
                    ? Arrays.stream(known[user]).sorted().distinct().toArray()
                    : new int[0];
        }
        return known;
    }

    private static boolean holds(InteractionLog log, int user, int item) {
        for (int position = 0; position < log.length(user); position++) {
            if (log.item(user, position) == item) {
                return true;
            }
        }
        return false;
    }

    private static TeacherTable joined(TeacherTable table, int[][] known, int added) {
        int[] offsets = new int[table.users() + 1];
        int[] items = new int[table.size() + added];
        float[] scores = new float[items.length];
        int at = 0;
        for (int user = 0; user < table.users(); user++) {
            int next = 0;
            for (int index = table.from(user); index < table.to(user); index++) {
                while (next < known[user].length && known[user][next] < table.items()[index]) {
                    items[at] = known[user][next++];
                    scores[at++] = KNOWN;
                }
                boolean raised = next < known[user].length && known[user][next] == table.items()[index];
                next += raised ? 1 : 0;
                items[at] = table.items()[index];
                scores[at++] = raised ? KNOWN : table.scores()[index];
            }
            while (next < known[user].length) {
                items[at] = known[user][next++];
                scores[at++] = KNOWN;
            }
            offsets[user + 1] = at;
        }
        return new TeacherTable(offsets, items, scores, table.heldOut());
    }

    private static ScoreProvenance provenance(
            ScoreProvenance teacher, TeacherTable knowing, double strength, Seed seed, int users, int added) {
        Map<String, String> settings = new LinkedHashMap<>(teacher.settings());
        settings.put("oracleStrength", Double.toString(strength));
        settings.put("oracleSeed", Long.toString(seed.value()));
        settings.put("oracleUsers", Integer.toString(users));
        settings.put("oracleReading", "upper bound on validation metrics, never a result");
        return new ScoreProvenance(
                NAME + " " + teacher.teacher(),
                teacher.model(),
                settings,
                teacher.dataset(),
                teacher.datasetHash(),
                teacher.seed(),
                with(teacher.planned(), added),
                with(teacher.answered(), added),
                teacher.asked() + added,
                teacher.scored() + added,
                teacher.usersScored(),
                (int) Arrays.stream(knowing.items()).distinct().count());
    }

    private static Map<String, Integer> with(Map<String, Integer> counts, int added) {
        Map<String, Integer> all = new LinkedHashMap<>(counts);
        all.merge(SOURCE, added, Integer::sum);
        return all;
    }
}
